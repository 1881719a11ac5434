// usort of 200 numbers with many repetitions, again and again.
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.usort import usort

func fill(array: felt*, value, n) {
    if (n == 0) {
        return ();
    }
    if ((value - 113) * (value - 114) * (value - 115) * (value - 116) * (value - 117) * (value - 118) * (value - 119) == 0) {
        assert [array] = value - 113;
        return fill(array + 1, value - 113, n - 1);
    }
    assert [array] = value + 7;
    return fill(array + 1, value + 7, n - 1);
}

func work{range_check_ptr}(array: felt*, sum, n) -> felt {
    alloc_locals;
    if (n == 0) {
        return sum;
    }
    let (length, sorted, multiplicities) = usort(200, array);
    return work(array, sum + length + sorted[3] * multiplicities[2], n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local array) = alloc();
    fill(array, 3, 200);
    let sum = work(array, 0, 700);
    assert output_ptr[0] = sum;
    let output_ptr = output_ptr + 1;
    return ();
}
