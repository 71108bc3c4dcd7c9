import Bytes
import CRaptor
import Problems
import RDF

/// The statements that Raptor gives, as batches of quads.
final class RaptorQuads {
  /// What may be wrong with a term.
  enum WrongTerm {
    case iri(ProblemCode, String)
    case language

    /// The problem at a place of the document.
    func failure(at place: Place) -> Failure {
      switch self {
      case .iri(let code, let iri): Failure(code, at: place, value: iri)
      case .language: Failure(.rdfSyntax, at: place, ["found": .phrase("rdf-language")])
      }
    }
  }

  /// How many bytes of terms a batch may hold before it is handed on.
  private static let batchBytes = 1 << 18

  private let sink: any QuadSink
  private let noBase: ByteString?
  private var labels: BlankLabels
  private var batch = QuadBatch()
  private var cache = TermCache()
  private var wrong: WrongTerm?

  /// Quads for `sink`. IRIs that begin with `noBase` were relative and had no base.
  init(sink: any QuadSink, options: RDFReader.Options, noBase: ByteString?) {
    self.sink = sink
    self.noBase = noBase
    labels = BlankLabels(prefix: options.blankNodePrefix)
  }

  /// Takes a statement, or says which of its terms is none. `languages` knows those that Raptor forgets.
  func append(_ statement: raptor_statement, _ languages: XMLLanguages?) throws(Failure) -> WrongTerm? {
    wrong = nil
    let subject = term(statement.subject)
    let predicate = term(statement.predicate, isFrequent: true)
    let object = self.object(statement.object, predicate, languages)
    if let wrong { return wrong }
    batch.append(subject, predicate, object)
    if batch.count == 8192 || batch.terms.bytes.count > Self.batchBytes { try flush() }
    return nil
  }

  /// Hands the batch on.
  func flush() throws(Failure) {
    if batch.count > 0 { try sink.append(batch) }
    batch.reset()
    cache.reset()
  }

  /// Hands a prefix of the document on.
  func suggest(prefix: String, namespace: String) { sink.suggest(prefix: prefix, namespace: namespace) }

  /// The label of a blank node in memory of Raptor's: a new one, or that of a written `rdf:nodeID`, which is taken over.
  func label(_ written: UnsafeMutablePointer<UInt8>?) -> UnsafeMutablePointer<UInt8>? {
    var text = ByteBuffer(capacity: 32)
    if let written {
      var name = ByteBuffer(capacity: 32)
      name.append(ByteView(written, count: length(of: written)))
      // An XML name may end in a dot, a label of N-Triples may not.
      if endsInDot(name.view) { name.append(UInt8(ascii: "u")) }
      labels.append(name.view, to: &text)
      raptor_free_memory(written)
    } else {
      labels.appendNew(to: &text)
    }
    guard let memory = raptor_alloc_memory(text.count + 1)?.assumingMemoryBound(to: UInt8.self) else { return nil }
    memory.update(from: text.address, count: text.count)
    memory[text.count] = 0
    return memory
  }

  /// Whether a name ends in a dot and no more than `u`s after it, so that one more `u` makes it like no other name.
  private func endsInDot(_ name: ByteView) -> Bool {
    var end = name.count
    while end > 0, name[end - 1] == UInt8(ascii: "u") { end -= 1 }
    return end > 0 && name[end - 1] == UInt8(ascii: ".")
  }

  private func length(of text: UnsafePointer<UInt8>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
  }

  private func term(_ term: UnsafePointer<raptor_term>?, isFrequent: Bool = false) -> TermID {
    guard let term = term?.pointee else { return 0 }
    switch term.type {
    case RAPTOR_TERM_TYPE_URI: return iri(term.value.uri, isFrequent: isFrequent)
    case RAPTOR_TERM_TYPE_BLANK:
      let blank = term.value.blank
      return batch.terms.add(.blankNode, ByteView(blank.string, count: Int(blank.string_len)))
    default: return literal(term.value.literal)
    }
  }

  private func object(_ term: UnsafePointer<raptor_term>?, _ predicate: TermID, _ languages: XMLLanguages?) -> TermID {
    guard let object = term?.pointee, object.type == RAPTOR_TERM_TYPE_LITERAL, let languages else { return self.term(term) }
    let literal = object.value.literal
    if literal.language == nil, literal.datatype == nil, let language = languages.language(of: batch.terms.view(predicate), literal.text) {
      return language.withView { tagged(literal.text, $0) }
    }
    return self.literal(literal)
  }

  private func tagged(_ lexical: ByteView, _ language: ByteView) -> TermID {
    if !language.isLanguageTag { wrong = .language }
    let start = batch.terms.bytes.count
    batch.terms.bytes.append(language)
    let tag = cache.internLast(.tag, start: start, in: &batch.terms)
    return batch.terms.add(.tagged, lexical, qualifier: tag)
  }

  private func literal(_ literal: raptor_term_literal_value) -> TermID {
    let lexical = literal.text
    if let language = literal.language { return tagged(lexical, ByteView(language, count: Int(literal.language_len))) }
    guard let datatype = literal.datatype else { return batch.terms.add(.string, lexical) }
    let qualifier = iri(datatype, isFrequent: true)
    if XSD.string.withView({ $0 == batch.terms.view(qualifier) }) { return batch.terms.add(.string, lexical) }
    return batch.terms.add(.typed, lexical, qualifier: qualifier)
  }

  private func iri(_ uri: OpaquePointer?, isFrequent: Bool) -> TermID {
    var count = 0
    let text = raptor_uri_as_counted_string(uri, &count)
    let view = text.map { ByteView($0, count: count) } ?? .empty
    if view.firstForbiddenInIRI != nil {
      wrong = .iri(.iriInvalid, view.text)
    } else if !view.isAbsoluteIRI {
      wrong = .iri(.iriRelative, view.text)
    } else if let noBase, noBase.withView({ view.hasPrefix($0) }) {
      wrong = .iri(.iriRelative, view.dropFirst(noBase.count).text)
    }
    guard isFrequent else { return batch.terms.add(.iri, view) }
    let start = batch.terms.bytes.count
    batch.terms.bytes.append(view)
    return cache.internLast(.iri, start: start, in: &batch.terms)
  }
}

extension raptor_term_literal_value {
  /// The lexical form. Valid as long as the statement is.
  fileprivate var text: ByteView { string.map { ByteView($0, count: Int(string_len)) } ?? .empty }
}
