import Bytes

/// Datatypes and language tags, numbered in the order in which they first came. A number below 2²⁹.
///
/// Tags that differ in their capitals are one (RDF 1.1 Concepts §3.3: the values of tags are in lower case), spelt as the first of them.
struct QualifierTable: ~Copyable {
  private var table = ByteTable()
  private var spellings = ByteBuffer()
  /// Where the spelling of each ends.
  private var ends: [Int] = []
  /// For each: what it means for order; tags are ``DatatypeRole/other``.
  private(set) var roles: [DatatypeRole] = []
  private(set) var isTag: [Bool] = []

  init() {}

  var count: Int { roles.count }

  /// The number of a datatype or tag. The two are told apart by a first byte.
  mutating func number(_ view: ByteView, isTag: Bool) -> Int {
    var key = ByteBuffer(capacity: view.count + 1)
    key.append(isTag ? UInt8(ascii: "@") : UInt8(ascii: "<"))
    if isTag { key.append(view, inCapitals: false) } else { key.append(view) }
    let (number, isNew) = table.insert(key.view)
    if isNew {
      roles.append(isTag ? .other : DatatypeRole(view))
      self.isTag.append(isTag)
      spellings.append(view)
      ends.append(spellings.count)
    }
    return number
  }

  /// The bytes of a datatype or tag. Valid until the next is added.
  func view(_ number: Int) -> ByteView { spellings.view((number == 0 ? 0 : ends[number - 1])..<ends[number]) }

  /// The numbers in the order of ids: tags first, by their bytes in lower case, then datatypes by their bytes.
  func sorted() -> [Int] {
    var numbers = Array(0..<count)
    numbers.sort { isTag[$0] != isTag[$1] ? isTag[$0] : table.view($0) < table.view($1) }
    return numbers
  }
}
