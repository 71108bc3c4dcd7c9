import Bytes

/// The languages of property attributes (RDF 1.1 XML Syntax §7.2.11, string-value with the element's language), which Raptor 2.0.15 leaves
/// out: which attributes the last tag had, and which language holds there.
struct XMLLanguages {
  /// An attribute of an element that has a namespace.
  struct Attribute {
    let namespace: String
    let name: String
    let value: ByteString

    /// Whether it stood in an earlier RDF/XML and is an error now (§5.2).
    var isWithdrawn: Bool {
      namespace == "http://www.w3.org/1999/02/22-rdf-syntax-ns#" && (name == "aboutEach" || name == "aboutEachPrefix")
    }

    fileprivate var isLanguage: Bool { namespace == "http://www.w3.org/XML/1998/namespace" && name == "lang" }
    fileprivate var predicate: ByteString { ByteString(namespace + name) }
  }

  /// The language of each element that is open; empty for none.
  private var open: [ByteString] = []
  private var language: ByteString = ""
  private var attributes: [(predicate: ByteString, value: ByteString)] = []

  /// An element begins.
  mutating func begin(_ given: [Attribute]) {
    language = given.last { $0.isLanguage }?.value ?? open.last ?? ""
    open.append(language)
    attributes = language.isEmpty ? [] : given.filter { !$0.isLanguage }.map { ($0.predicate, $0.value) }
  }

  /// An element ends. The attributes stay: Raptor may speak of those of an empty element only now.
  mutating func end() { if !open.isEmpty { open.removeLast() } }

  /// The language of a plain literal, where it is the value of one of the attributes of the last tag that began.
  func language(of predicate: ByteView, _ value: ByteView) -> ByteString? {
    attributes.contains { item in item.predicate.withView { $0 == predicate } && item.value.withView { $0 == value } } ? language : nil
  }
}
