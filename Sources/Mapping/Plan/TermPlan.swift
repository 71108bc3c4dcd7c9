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
    case parts([Part])
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
    /// An IRI, or what `base` is put before to make one. What may stand in it is checked as `encoding` would otherwise encode it.
    case reference(base: ByteString, Encoding)
    case blankNode
    /// A literal of a kind, with the id of its datatype or language.
    case literal(TermKind, qualifier: TermID)
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
}

/// The triples of a subject for each row: a triples map of RML, compiled.
struct TriplesPlan {
  /// The numbers of term plans.
  let subject: Int
  let graphs: [Int]
  /// The classes of the subject.
  let types: [TermID]
  let links: [LinkPlan]
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
