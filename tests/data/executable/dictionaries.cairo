// Two dictionaries: the second one's segment is temporary until the first is squashed.
use core::dict::Felt252Dict;

#[executable]
fn main(keys: Array<felt252>) -> (u64, u64) {
    let mut counts: Felt252Dict<u64> = Default::default();
    let mut sums: Felt252Dict<u64> = Default::default();
    let mut i: u64 = 0;
    for key in keys.span() {
        counts.insert(*key, counts.get(*key) + 1);
        sums.insert(*key + 1, sums.get(*key + 1) + i);
        i += 1;
    }
    let first = *keys[0];
    (counts.get(first), sums.get(first + 1))
}
