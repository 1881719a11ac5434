%builtins range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_sha256.sha256_utils import (
    SHA256_INPUT_CHUNK_SIZE_FELTS,
    SHA256_INSTANCE_SIZE,
    SHA256_STATE_SIZE_FELTS,
    compute_message_schedule,
    sha2_compress,
)
from starkware.cairo.common.memset import memset

func full_word(n_bytes) -> (r: felt) {
    alloc_locals;
    local full_word;
    %{ ids.full_word = int(ids.n_bytes >= 4) %}
    return (r=full_word);
}

func main{range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (a) = full_word(3);
    let (b) = full_word(4);
    assert a + 2 * b = 2;
    let (local sha256_ptr_start: felt*) = alloc();
    local sha256_start: felt* = sha256_ptr_start;
    memset(sha256_start, 0x61626364, 16);
    local state: felt* = sha256_start + 16;
    assert state[0] = 0x6A09E667;
    assert state[1] = 0xBB67AE85;
    assert state[2] = 0x3C6EF372;
    assert state[3] = 0xA54FF53A;
    assert state[4] = 0x510E527F;
    assert state[5] = 0x9B05688C;
    assert state[6] = 0x1F83D9AB;
    assert state[7] = 0x5BE0CD19;
    local output: felt* = state + 8;
    %{
        from starkware.cairo.common.cairo_sha256.sha256_utils import (
            IV, compute_message_schedule, sha2_compress_function)

        _sha256_input_chunk_size_felts = int(ids.SHA256_INPUT_CHUNK_SIZE_FELTS)
        assert 0 <= _sha256_input_chunk_size_felts < 100

        w = compute_message_schedule(memory.get_range(
            ids.sha256_start, _sha256_input_chunk_size_felts))
        new_state = sha2_compress_function(IV, w)
        segments.write_arg(ids.output, new_state)
    %}
    let sha256_ptr_end = output + 8;
    tempvar second = sha256_ptr_end;
    memset(sha256_ptr_end, 7, 16);
    assert [sha256_ptr_end + 16] = 0x6A09E667;
    assert [sha256_ptr_end + 17] = 0xBB67AE85;
    assert [sha256_ptr_end + 18] = 0x3C6EF372;
    assert [sha256_ptr_end + 19] = 0xA54FF53A;
    assert [sha256_ptr_end + 20] = 0x510E527F;
    assert [sha256_ptr_end + 21] = 0x9B05688C;
    assert [sha256_ptr_end + 22] = 0x1F83D9AB;
    assert [sha256_ptr_end + 23] = 0x5BE0CD19;
    arbitrary(sha256_ptr_end, sha256_ptr_end + 16, sha256_ptr_end + 24);
    return ();
}

func arbitrary(sha256_start: felt*, state: felt*, output: felt*) {
    %{
        from starkware.cairo.common.cairo_sha256.sha256_utils import (
            compute_message_schedule, sha2_compress_function)

        _sha256_input_chunk_size_felts = int(ids.SHA256_INPUT_CHUNK_SIZE_FELTS)
        assert 0 <= _sha256_input_chunk_size_felts < 100
        _sha256_state_size_felts = int(ids.SHA256_STATE_SIZE_FELTS)
        assert 0 <= _sha256_state_size_felts < 100
        w = compute_message_schedule(memory.get_range(
            ids.sha256_start, _sha256_input_chunk_size_felts))
        new_state = sha2_compress_function(memory.get_range(ids.state, _sha256_state_size_felts), w)
        segments.write_arg(ids.output, new_state)
    %}
    return ();
}
