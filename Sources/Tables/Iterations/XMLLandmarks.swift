import Bytes
import CLibXML2
import Glibc

/// What is met on the way to the items of a document of XML, to tell a list without elements from a document of another kind.
///
/// A list has no end of its own in XML: it is there where the element is that its items stand in, the last but one on the way. An element that is missing
/// before may be a list as well, where its namespace is one of the document's; a message about an error is in another vocabulary, or in none.
struct XMLLandmarks {
  /// Whether the element that items stand in has been met.
  var isFound = false
  /// What finds that place in an element that is held, where the way to it goes on there; nil where it does not.
  let rest: XPathExpression?
  /// The namespace of the root, once it has been met; nil for none.
  private(set) var namespace: String?

  private let way: [(namespace: String?, name: String)]
  /// How many steps lead to the place.
  private let steps: Int
  private let isAnywhere: Bool
  /// How many of the steps have been gone.
  private var gone = 0
  /// Which of the steps are in a namespace that the document declares.
  private var isDeclared: [Bool]

  /// - Parameters:
  ///   - steps: the names on the way to the items; nil where the iterator is no way of names. Then any document may be meant.
  ///   - isAnywhere: whether the first one is looked for everywhere.
  ///   - way: those of them that are gone along the elements, from the first on.
  init(_ steps: [String]?, isAnywhere: Bool, way: [(namespace: String?, name: String)]) {
    self.way = way
    self.isAnywhere = isAnywhere
    self.steps = (steps?.count ?? 0) - 1
    isDeclared = way.map { _ in false }
    guard let steps else {
      (isFound, rest) = (true, nil)
      return
    }
    let start = way.isEmpty ? (isAnywhere ? "//" : "/") : ""
    let names = steps.dropLast().dropFirst(way.count)
    rest = names.isEmpty ? nil : try? XPathExpression(start + names.joined(separator: "/"))
  }

  /// Whether there is a place where items may stand, once the document has been read.
  var hasPlace: Bool { isFound || (isAnywhere || gone > 0) && gone < way.count && isDeclared[gone] }

  /// Takes note of the element at hand, which stands in elements on the way.
  mutating func meet(_ document: XMLDocument) {
    if document.depth == 0 { namespace = document.node?.pointee.ns?.pointee.href.map { String(cString: $0) } }
    if isFound || way.isEmpty { return }
    let depth = isAnywhere ? 0 : document.depth
    if depth < way.count, document.isNamed(document.node, way[depth]) {
      gone = max(gone, depth + 1)
      if steps > 0, gone >= steps { isFound = true }
    }
    var declaration = document.node?.pointee.nsDef
    while let namespace = declaration?.pointee {
      if let iri = namespace.href.map({ String(cString: $0) }) {
        for number in way.indices where way[number].namespace == iri { isDeclared[number] = true }
      }
      declaration = namespace.next
    }
  }
}
