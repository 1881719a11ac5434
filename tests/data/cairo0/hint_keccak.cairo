from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_keccak.keccak import KECCAK_STATE_SIZE_FELTS
from starkware.cairo.common.cairo_keccak.packed_keccak import BLOCK_SIZE
from starkware.cairo.common.memset import memset

func whitelist_v1(keccak_ptr: felt*) {
    alloc_locals;
    %{
        from starkware.cairo.common.cairo_keccak.keccak_utils import keccak_func
        _keccak_state_size_felts = int(ids.KECCAK_STATE_SIZE_FELTS)
        assert 0 <= _keccak_state_size_felts < 100

        output_values = keccak_func(memory.get_range(
            ids.keccak_ptr - _keccak_state_size_felts, _keccak_state_size_felts))
        segments.write_arg(ids.keccak_ptr, output_values)
    %}
    ap += 0;
    return ();
}

func whitelist_v2(keccak_ptr_start: felt*, output: felt*) {
    alloc_locals;
    %{
        from starkware.cairo.common.cairo_keccak.keccak_utils import keccak_func
        _keccak_state_size_felts = int(ids.KECCAK_STATE_SIZE_FELTS)
        assert 0 <= _keccak_state_size_felts < 100
        output_values = keccak_func(memory.get_range(
            ids.keccak_ptr_start, _keccak_state_size_felts))
        segments.write_arg(ids.output, output_values)
    %}
    ap += 0;
    return ();
}

func finalize_v2(keccak_ptr_end: felt*) {
    alloc_locals;
    %{
        # Add dummy pairs of input and output.
        _keccak_state_size_felts = int(ids.KECCAK_STATE_SIZE_FELTS)
        _block_size = int(ids.BLOCK_SIZE)
        assert 0 <= _keccak_state_size_felts < 100
        assert 0 <= _block_size < 1000
        inp = [0] * _keccak_state_size_felts
        padding = (inp + keccak_func(inp)) * _block_size
        segments.write_arg(ids.keccak_ptr_end, padding)
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    let (local state: felt*) = alloc();
    memset(state, 2 ** 63 + 9, 25);
    whitelist_v1(state + 25);
    whitelist_v2(state, state + 50);
    finalize_v2(state + 75);
    return ();
}
