// SPDX-License-Identifier: Apache-2.0
// Times field, hash and curve operations of the crates that the reference uses: the operations, inputs and output of
// bench/crypto_operations.cpp. usage: crypto-bench OPERATION COUNT
use lambdaworks_crypto::hash::poseidon::{starknet::PoseidonCairoStark252, Poseidon};
use lambdaworks_math::field::element::FieldElement;
use lambdaworks_math::field::fields::fft_friendly::stark_252_prime_field::Stark252PrimeField;
use lambdaworks_math::traits::ByteConversion;
use starknet_crypto::{pedersen_hash, poseidon_permute_comp, verify, Felt};
use starknet_types_core::curve::ProjectivePoint;

fn hex(text: &str) -> Felt {
    Felt::from_hex(text).unwrap()
}

fn start() -> Felt {
    hex("0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca")
}

fn generator() -> (Felt, Felt) {
    (start(), hex("0x5668060aa49730b7be4801df46ec62de53ecd11abe43a32873000c36e8dc1f"))
}

fn multiply(count: u64) -> Felt {
    let mut x = start();
    for _ in 0..count {
        x = x * x + Felt::ONE;
    }
    x
}

fn inverse(count: u64) -> Felt {
    let mut x = start();
    for _ in 0..count {
        x = x.inverse().unwrap() + Felt::ONE;
    }
    x
}

fn square_root(count: u64) -> Felt {
    let mut x = start();
    for _ in 0..count {
        let root = (x * x).sqrt().unwrap();
        // Either root: the smaller one.
        x = root.min(-root) + Felt::ONE;
    }
    x
}

fn pedersen(count: u64) -> Felt {
    let mut x = start();
    for i in 0..count {
        x = pedersen_hash(&x, &Felt::from(i));
    }
    x
}

fn poseidon(count: u64) -> Felt {
    let mut state = [start(), Felt::ONE, Felt::TWO];
    for _ in 0..count {
        poseidon_permute_comp(&mut state);
    }
    state[0]
}

fn poseidon_lambdaworks(count: u64) -> Felt {
    let element = |felt: Felt| FieldElement::<Stark252PrimeField>::from_bytes_be(&felt.to_bytes_be()).unwrap();
    let mut state = [element(start()), element(Felt::ONE), element(Felt::TWO)];
    for _ in 0..count {
        PoseidonCairoStark252::hades_permutation(&mut state);
    }
    Felt::from_bytes_be(&state[0].to_bytes_be())
}

fn ecdsa(count: u64) -> Felt {
    let key = start();
    let r = hex("0x411494b501a98abd8262b0da1351e17899a0c4ef23dd2f96fec5ba847310b20");
    let s = hex("0x405c3191ab3883ef2b763af35bc5f5d15b3b4e99461d70e84c654a351a7c81b");
    let valid = (0..count).filter(|i| verify(&key, &Felt::from(2 + i % 2), &r, &s).unwrap_or(false));
    Felt::from(valid.count() as u64)
}

// p + m q with p's abscissa as the next m, as the reference's ec_op builtin sums: bit by bit from the lowest.
fn ec_op(count: u64) -> Felt {
    let (x, y) = generator();
    let q = ProjectivePoint::from_affine(x, y).unwrap();
    let mut p = q.double().to_affine().unwrap();
    for _ in 0..count {
        let m = p.x().to_bits_le();
        let mut sum = ProjectivePoint::from_affine(p.x(), p.y()).unwrap();
        let mut doubled = q.clone();
        let length = m.iter().rposition(|bit| *bit).map_or(0, |last| last + 1);
        for bit in &m[..length] {
            assert!(sum.x() * doubled.z() != sum.z() * doubled.x());
            if *bit {
                sum += &doubled;
            }
            doubled = doubled.double();
        }
        p = sum.to_affine().unwrap();
    }
    p.x()
}

fn keccak_f1600(count: u64) -> Felt {
    let mut lanes = [0u64; 25];
    for _ in 0..count {
        keccak::f1600(&mut lanes);
    }
    Felt::from(lanes[0])
}

const OPERATIONS: [(&str, fn(u64) -> Felt); 10] = [
    ("felt_multiply", multiply),
    ("montgomery_multiply", multiply),
    ("inverse", inverse),
    ("square_root", square_root),
    ("pedersen", pedersen),
    ("poseidon", poseidon),
    ("poseidon_lambdaworks", poseidon_lambdaworks),
    ("ecdsa", ecdsa),
    ("ec_op", ec_op),
    ("keccak", keccak_f1600),
];

fn process_ns() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let operation = OPERATIONS.iter().find(|(name, _)| arguments.first().is_some_and(|word| word == name));
    let (Some((_, function)), Some(Ok(count))) = (operation, arguments.get(1).map(|word| word.parse::<u64>())) else {
        eprintln!("usage: crypto-bench OPERATION COUNT");
        std::process::exit(2);
    };
    function(2);
    let begin = process_ns();
    let digest = function(count);
    let spent = process_ns() - begin;
    println!("{{\"ns\":{spent},\"digest\":\"{digest:#x}\"}}");
}
