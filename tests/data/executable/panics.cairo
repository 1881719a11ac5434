// What a panic looks like from outside.
#[executable]
fn main(n: u8) -> u8 {
    assert(n < 10, 'too large');
    n + 250
}
