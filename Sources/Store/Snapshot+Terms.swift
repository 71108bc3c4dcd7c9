package import Bytes
package import RDF

extension Snapshot {
  /// The ids of a class of terms.
  package func range(of termClass: TermClass) -> Range<StoreID> { dictionary.range(termClass) }

  /// The class of a term.
  package func termClass(of id: StoreID) -> TermClass { dictionary.termClass(id) }

  /// The kind of a term, as an arena or writer knows it.
  package func kind(of id: StoreID) -> TermKind {
    switch dictionary.termClass(id) {
    case .blankNode: .blankNode
    case .iri: .iri
    case .string: .string
    case .tagged: .tagged
    case .number, .dateTime, .date, .boolean, .other: .typed
    }
  }

  /// Appends an IRI, a label, or a literal's lexical form.
  package func append(_ id: StoreID, to out: inout ByteBuffer) { dictionary.strings.append(Int(id), to: &out) }

  /// The language tag of a literal that has one, the datatype of another, nil for what is no literal.
  package func qualifier(of id: StoreID) -> ByteString? {
    switch dictionary.termClass(id) {
    case .blankNode, .iri: nil
    case .number: dictionary.number(id).type.iri
    case .dateTime: dictionary.moment(id).isStamp ? Self.dateTimeStamp : XSD.dateTime
    case .date: XSD.date
    case .boolean: XSD.boolean
    case .string: XSD.string
    case .tagged, .other: dictionary.groups[dictionary.group(id)].qualifier
    }
  }

  private static let dateTimeStamp: ByteString = "http://www.w3.org/2001/XMLSchema#dateTimeStamp"

  /// The ids around `id` that share its class and its qualifier, where literals of one tag or datatype stand side by side (``TermClass/tagged``,
  /// ``TermClass/other``); else those of its class.
  package func groupRange(of id: StoreID) -> Range<StoreID> {
    let all = dictionary.range(dictionary.termClass(id))
    guard dictionary.termClass(id) >= .tagged else { return all }
    let group = dictionary.group(id)
    let next = group + 1 < dictionary.groups.count ? dictionary.groups[group + 1].start : all.upperBound
    return dictionary.groups[group].start..<min(next, all.upperBound)
  }

  /// An owned copy of a term.
  package func term(_ id: StoreID) -> Term {
    var out = ByteBuffer()
    append(id, to: &out)
    let text = ByteString(out.view)
    switch dictionary.termClass(id) {
    case .blankNode: return .blankNode(text)
    case .iri: return .iri(text)
    case .tagged: return .literal(text, .language(qualifier(of: id) ?? ""))
    default: return .literal(text, .datatype(qualifier(of: id) ?? XSD.string))
    }
  }

  /// The id of a term, or nil where no quad speaks of it.
  package func id(of term: Term) -> StoreID? { OrderedTerm.with(term) { dictionary.id(of: $0) } }

  /// The id of an IRI, or nil where no quad speaks of it.
  package func id(ofIRI iri: ByteView) -> StoreID? { dictionary.id(of: OrderedTerm(termClass: .iri, view: iri)) }

  /// The names of the files from whose rows subjects of a graph came; none where none is known.
  package func files(of graph: Term) -> [String] { id(of: graph).flatMap { provenance[$0]?.files } ?? [] }

  /// What no blank node's label begins with: `stem`, as often as it takes.
  package func unusedLabelPrefix(_ stem: ByteString) -> ByteString {
    var prefix = stem
    while beginsLabel(prefix) { prefix = ByteString(prefix.bytes + stem.bytes) }
    return prefix
  }

  private func beginsLabel(_ prefix: ByteString) -> Bool {
    prefix.withView { prefix in
      var label = ByteBuffer()
      let id = dictionary.lowerBound(OrderedTerm(termClass: .blankNode, view: prefix), &label)
      guard dictionary.range(.blankNode).contains(id) else { return false }
      label.truncate()
      append(id, to: &label)
      return label.view.hasPrefix(prefix)
    }
  }

  /// The id of an xsd:string, or nil where no quad speaks of it.
  package func id(ofString text: ByteView) -> StoreID? { dictionary.id(of: OrderedTerm(termClass: .string, view: text)) }
}
