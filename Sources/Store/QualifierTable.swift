import Bytes

/// Datatypes and language tags, numbered in the order in which they first came. A number below 2²⁹.
struct QualifierTable: ~Copyable {
  private var table = ByteTable()
  /// For each: what it means for order; tags are ``DatatypeRole/other``.
  private(set) var roles: [DatatypeRole] = []
  private(set) var isTag: [Bool] = []

  init() {}

  var count: Int { roles.count }

  /// The number of a datatype or tag. The two are told apart by a first byte.
  mutating func number(_ view: ByteView, isTag: Bool) -> Int {
    var key = ByteBuffer(capacity: view.count + 1)
    key.append(isTag ? UInt8(ascii: "@") : UInt8(ascii: "<"))
    key.append(view)
    let (number, isNew) = table.insert(key.view)
    if isNew {
      roles.append(isTag ? .other : DatatypeRole(view))
      self.isTag.append(isTag)
    }
    return number
  }

  /// The bytes of a datatype or tag. Valid until the next is added.
  func view(_ number: Int) -> ByteView { table.view(number).dropFirst(1) }

  /// The numbers in the order of ids: tags first, each kind by its bytes.
  func sorted() -> [Int] {
    var numbers = Array(0..<count)
    numbers.sort { isTag[$0] != isTag[$1] ? isTag[$0] : view($0) < view($1) }
    return numbers
  }
}
