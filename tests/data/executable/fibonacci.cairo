// Felts alone: the entry code's range checks are the only builtin.
#[executable]
fn main(n: u32) -> felt252 {
    let mut a = 1;
    let mut b = 1;
    for _ in 0..n {
        let c = a + b;
        a = b;
        b = c;
    }
    a
}
