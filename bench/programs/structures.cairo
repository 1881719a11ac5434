// Structs by value on the stack, linked by pointers: a list built and walked.
%builtins output

from starkware.cairo.common.alloc import alloc

struct Point {
    x: felt,
    y: felt,
}

struct Node {
    position: Point,
    weight: felt,
    next: Node*,
}

func build(head: Node*, n) -> Node* {
    if (n == 0) {
        return head;
    }
    tempvar node: Node* = new Node(Point(n, n * n), 2 * n, head);
    return build(node, n - 1);
}

func weigh(node: Node*, sum: Point, n) -> Point {
    if (n == 0) {
        return sum;
    }
    let next = Point(sum.x + node.position.x * node.weight, sum.y + node.position.y);
    return weigh(node.next, next, n - 1);
}

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local end: Node*) = alloc();
    let head = build(end, 300000);
    let sum = weigh(head, Point(0, 0), 300000);
    assert output_ptr[0] = sum.x;
    assert output_ptr[1] = sum.y;
    let output_ptr = output_ptr + 2;
    return ();
}
