/// Elements that stay where they are, so that hot loops use them in place: reading one neither copies nor retains it.
struct FixedArray<Element>: ~Copyable {
  /// The first element.
  let elements: UnsafeMutablePointer<Element>
  /// How many.
  let count: Int

  /// Whether there are none.
  var isEmpty: Bool { count == 0 }

  /// The element with a number.
  @inline(__always) subscript(index: Int) -> Element {
    get { elements[index] }
    nonmutating set { elements[index] = newValue }
  }

  /// The elements of an array.
  init(_ array: [Element]) {
    count = array.count
    elements = .allocate(capacity: max(array.count, 1))
    for (index, element) in array.enumerated() { (elements + index).initialize(to: element) }
  }

  deinit {
    elements.deinitialize(count: count)
    elements.deallocate()
  }
}
