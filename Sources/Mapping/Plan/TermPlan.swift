import Bytes
import RDF

/// How terms are made of a row: a term map of RML, compiled. Unlike a template of CSVW it may make several, or none.
struct TermPlan {
  /// What the terms are made of.
  enum Source {
    case constant(TermID)
    /// The value of a column, or each of its values.
    case column(Int)
    /// Texts and values of columns in turn.
    case parts(TextPieces)
    /// The row itself: a blank node of its own.
    case row(number: Int)
    /// The graph that all triples stand in of which nothing else is said.
    case defaultGraph
  }

  enum Part {
    case text(ByteString)
    case column(Int)
    /// A column that adds nothing, but must have a value, or must have none.
    case needed(Int, present: Bool)
  }

  /// What is made of a text.
  enum Form {
    /// An IRI whose beginning is known. Values in it are encoded.
    case iri(Encoding)
    /// An IRI, or what `base` is put before to make one; without a base, only an IRI. What may stand in it is checked as `encoding` would otherwise encode it.
    case reference(base: ByteString?, Encoding)
    case blankNode
    /// A literal of a kind, with the id of its datatype or language.
    case literal(TermKind, qualifier: TermID)
    /// A literal of a datatype, by its id, whose text is made and must fit the datatype.
    case checked(CellParser, qualifier: TermID)
    /// A literal of the datatype that the value has in its source.
    case natural
    /// A literal whose language is a term of its own, by number.
    case language(Int)
    /// A literal whose datatype is a term of its own, by number.
    case datatype(Int)
    /// The IRI that a register gives the key.
    case register
  }

  /// What is percent-encoded in values that stand in IRIs.
  enum Encoding { case none, beyondUnreserved, ascii }

  let source: Source
  let form: Form
  /// The numbers of the conditions that must hold of the row for there to be any.
  var conditions: [Int] = []
}

/// Texts and values of columns in turn, in the form in which they are run: nothing in a piece is retained.
final class TextPieces: Sendable {
  enum Piece: Sendable {
    /// Where a text stands in ``literals``.
    case text(start: Int, end: Int)
    case column(Int)
    case needed(Int, present: Bool)
  }

  let pieces: ContiguousArray<Piece>
  let literals: ContiguousArray<UInt8>

  init(_ parts: [TermPlan.Part]) {
    var pieces: ContiguousArray<Piece> = []
    var literals: ContiguousArray<UInt8> = []
    for part in parts {
      switch part {
      case .text(let text):
        pieces.append(.text(start: literals.count, end: literals.count + text.count))
        literals.append(contentsOf: text.bytes)
      case .column(let column): pieces.append(.column(column))
      case .needed(let column, let isPresent): pieces.append(.needed(column, present: isPresent))
      }
    }
    self.pieces = pieces
    self.literals = literals
  }
}

/// What the inner loop asks of a term plan: nothing in it is retained.
struct HotTerm {
  enum Kind: UInt8 {
    /// Always the same term.
    case constant
    /// A literal of the value of a column, or of each of its values.
    case literal
    /// The same with the datatype that the value has in its source.
    case natural
    /// Anything else: the term plan says what.
    case other
  }

  var kind = Kind.other
  /// The constant; of a literal, its datatype or language.
  var term: TermID = 0
  var column = 0
  var literal = TermKind.string

  init(_ plan: TermPlan) {
    if !plan.conditions.isEmpty { return }
    switch (plan.source, plan.form) {
    case (.constant(let constant), _): (kind, term) = (.constant, constant)
    case (.column(let number), .literal(let literal, let qualifier)):
      (kind, column, self.literal, term) = (.literal, number, literal, qualifier)
    case (.column(let number), .natural): (kind, column) = (.natural, number)
    default: break
    }
  }
}

/// What the inner loop asks of a link: nothing in it is retained.
struct HotLink {
  /// Whether there is one predicate, the same in every row, one object map, and no graph: the common case.
  let isSimple: Bool
  let predicate: TermID
  let object: Int

  init(_ link: LinkPlan) {
    isSimple = link.simple != nil
    (predicate, object) = link.simple ?? (0, 0)
  }
}

/// The triples of a subject for each row: a triples map of RML, compiled.
struct TriplesPlan {
  /// The numbers of term plans.
  let subject: Int
  let graphs: [Int]
  /// The classes of the subject.
  let types: [TermID]
  let links: [LinkPlan]
  /// How many links the maps before this one have.
  let firstLink: Int
}

/// Predicates and objects of a subject.
struct LinkPlan {
  let predicates: [Int]
  let objects: [LinkedObject]
  /// Graphs beside those of the subject.
  let graphs: [Int]
  /// The common case: one predicate, the same in every row, one object map, and no graph.
  let simple: (predicate: TermID, object: Int)?
}

/// What stands at the end of triples.
enum LinkedObject {
  case term(Int)
  /// The subjects that a table of another source's rows has for the keys.
  case joined(JoinTable, keys: [Int])
}

/// What a row adds to a join table in the place of triples.
struct GatheringPlan {
  let subject: Int
  let keys: [Int]
  let table: JoinTable
}
