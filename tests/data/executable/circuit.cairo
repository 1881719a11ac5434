// add_mod, mul_mod and range_check96 through a circuit.
use core::circuit::{
    AddInputResultTrait, CircuitElement, CircuitInput, CircuitInputs, CircuitModulus, CircuitOutputsTrait,
    EvalCircuitTrait, circuit_add, circuit_inverse, circuit_mul, circuit_sub, u384,
};

#[executable]
fn main(a: u128, b: u128) -> u384 {
    let in1 = CircuitElement::<CircuitInput<0>> {};
    let in2 = CircuitElement::<CircuitInput<1>> {};
    let sum = circuit_add(in1, in2);
    let inverse = circuit_inverse(sum);
    let difference = circuit_sub(inverse, in2);
    let product = circuit_mul(inverse, difference);
    let modulus = TryInto::<_, CircuitModulus>::try_into([0xfffffffffffffffefffffc2f, 0xffffffffffffffffffffffff, 0xffffffffffffffff, 0])
        .unwrap();
    let outputs = (product,)
        .new_inputs()
        .next(Into::<u128, u384>::into(a))
        .next(Into::<u128, u384>::into(b))
        .done()
        .eval(modulus)
        .unwrap();
    outputs.get_output(product)
}
