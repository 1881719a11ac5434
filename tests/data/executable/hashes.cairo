// Pedersen, Poseidon, bitwise and 256-bit integers, with lists in and out.
use core::poseidon::poseidon_hash_span;

#[executable]
fn main(values: Array<u128>, shift: u256) -> (felt252, felt252, u256, Array<u128>) {
    let mut pedersen = 0;
    let mut felts = array![];
    let mut mixed: u128 = 0;
    let mut masked = array![];
    for value in values.span() {
        pedersen = core::pedersen::pedersen(pedersen, (*value).into());
        felts.append((*value).into());
        mixed = mixed ^ *value;
        masked.append(*value & 0xff00ff00 | 0x7);
    }
    let product: u256 = mixed.into() * 3_u256 + shift / 1000003_u256;
    (pedersen, poseidon_hash_span(felts.span()), product, masked)
}
