import Bytes
import Identifiers
import RDF

/// A mapping compiled for one table and one file's header: what is done for each row, with everything chosen beforehand.
struct TablePlan {
  /// The number of the table in its group.
  var number = 0
  /// The columns: first those of the schema that are not virtual, then the virtual ones.
  var columns: [ColumnPlan] = []
  /// The things that a row speaks of, each with its triples.
  var subjects: [SubjectPlan] = []
  /// The templates of subjects, predicates and objects.
  var templates: [CompiledTemplate] = []
  /// The triples, those of one subject side by side.
  var emissions: [Emission] = []
  /// What triples maps say of a row, and the terms in it, by number.
  var maps: [TriplesPlan] = []
  var terms: [TermPlan] = []
  /// What a row adds to join tables.
  var gatherings: [GatheringPlan] = []
  /// Whether cells may hold several values (``IterationCells``).
  var mayRepeat = false
  /// Rules by which whole rows are never published.
  var withhold: [BoundRule] = []
  /// The conditions that rules, rows and triples ask for, each once.
  var tests: [BoundCondition] = []
  /// What keeps rows back until a day.
  var embargoes: [EmbargoPlan] = []
  /// Why a person should look at what a rule finds, by the rules' numbers for it.
  var doubts: [String] = []
  /// Whether a rule only points rows or cells out to a person.
  var pointsOut = false
  /// The days as of which codes are looked up.
  var daySources: [DaySource] = []
  var unpivot: UnpivotPlan?
  var answers: AnswersPlan?
  /// What rows with one key must say alike.
  var agreements: [AgreementPlan] = []
  /// The numbers of the conditions that must hold of a row for it to count.
  var conditions: [Int] = []
  /// How many cells a row has.
  var width = 0
  /// Whether faulty cells and rows of a wrong width are left out; otherwise CSVW's own rules hold, by which a faulty cell is a string.
  var leavesOutFaults = false
  /// Whether a rule of any kind withholds something, so that rows that can't be judged are withheld too.
  var isSecretive = false
  var primaryKey: [Int] = []
  var rowTitles: [Int] = []
  /// The columns of each foreign key, with the key's number in the group.
  var foreignKeys: [(columns: [Int], reference: Int)] = []
  /// The columns of this table that a foreign key refers to, with the key's number in the group.
  var referencedKeys: [(columns: [Int], reference: Int)] = []
  /// The terms of the triples about the table and its rows; nil in minimal mode.
  var structure: TableStructure?
  /// The IRI of the table with `#row=` after it.
  var rowURL: ByteString = ""
  /// What references are resolved against that are not known beforehand.
  var base = BaseIRI("")

  /// Whether what a row says may follow from rows before it.
  var needsOrder: Bool {
    checksKeys || !agreements.isEmpty || columns.contains { $0.ordinal != nil } || subjects.contains(where: \.repeats)
      || emissions.contains { $0.firsts >= 0 }
  }

  /// The number of why a person should look at what a rule finds, where it is kept once; -1 for none.
  mutating func number(ofDoubt doubt: String?) -> Int {
    guard let doubt else { return -1 }
    if let known = doubts.firstIndex(of: doubt) { return known }
    doubts.append(doubt)
    return doubts.count - 1
  }

  /// Whether any key is checked.
  var checksKeys: Bool { !primaryKey.isEmpty || !foreignKeys.isEmpty || !referencedKeys.isEmpty }
}

/// Where the text of a column comes from.
enum ColumnSource: Sendable, Equatable {
  /// The cell with this number in the row.
  case cell(Int)
  /// The same text in every row (`--set`, the file's name).
  case constant(ByteString)
  /// The name of the column that is unpivoted, and its cell.
  case dimension, pivot
  /// The titles of columns that answer yes or no.
  case answers
  /// Nowhere: virtual, or not in the file.
  case absent

  /// The number of the cell, or -1.
  var cell: Int { if case .cell(let number) = self { number } else { -1 } }
}

/// What is done with the cells of a column.
struct ColumnPlan {
  let name: ByteString
  /// What people know it by: its title in the file, or one that it may have; nil where its name is all.
  var title: ByteString?
  let source: ColumnSource
  var steps: [CleaningStep] = []
  var nulls: [ByteString] = [""]
  var `default`: ByteString?
  var isRequired = false
  var separator: ByteString?
  var isOrdered = false
  /// Whether white space is tidied before the text is read, and then whether runs of it are kept.
  var collapses = false
  var keepsRuns = false
  let parser: CellParser
  var register: Register?
  /// The number of the day as of which its codes are looked up; nil where days don't matter.
  var codeDay: Int?
  var ordinal: OrdinalPlan?
  /// The text made of other columns that is its value: always of a virtual column, of any other where its own is empty.
  var text: TextTemplate?
  /// The numbers of the conditions that must hold for the text of a virtual column to be its value.
  var conditions: [Int] = []
  /// How the values of a cell that holds several are told apart.
  var items: ItemsForm?
  var coordinates: CoordinateForm?
  /// The column that says the same place, and counts where it does.
  var samePlace: Int?
  /// The text that the value must be.
  var check: TextTemplate?
  /// Rules by which the cell is never published.
  var withhold: [BoundRule] = []
  /// Whether a column before it has the same cell, so that rules have counted and shown it already.
  var repeatsCell = false
  /// Whether its texts may not stand in messages.
  var isSecret = false

  /// What it is called in messages.
  var shownName: String { (title ?? name).text }
}

/// What the inner loop asks of a column for each cell: nothing in it is retained.
struct HotColumn {
  let parser: Unmanaged<CellParser>
  /// The number of its cell in the row; -1 where its text is the same in every row, or there is none.
  let cell: Int
  let collapses: Bool
  let keepsRuns: Bool
  let isList: Bool
  let isCode: Bool
  /// Whether its codes must be written in a certain way.
  let hasForm: Bool
  let isRequired: Bool
  let isComputed: Bool
  let isPlace: Bool
  /// The number of the day as of which its codes are looked up; -1 where days don't matter.
  let codeDay: Int
  /// Whether its value is looked at again once all columns have theirs.
  let needsMore: Bool
  /// Whether its value is compared with what others say once all have theirs.
  let isChecked: Bool
  let onlyEmptyIsNull: Bool

  /// A column of a plan, which must outlive this.
  init(_ column: ColumnPlan) {
    parser = Unmanaged.passUnretained(column.parser)
    cell = column.source.cell
    // The items of a list have been tidied one by one.
    collapses = column.collapses && column.items == nil
    keepsRuns = column.keepsRuns
    isList = column.separator != nil
    isCode = column.register != nil
    hasForm = isCode && column.parser.isStrict
    isRequired = column.isRequired
    isComputed = column.ordinal != nil || (column.text != nil && column.source == .absent)
    isPlace = column.coordinates != nil
    codeDay = column.codeDay ?? -1
    isChecked = column.check != nil
    needsMore = isComputed || column.text != nil || isChecked || column.samePlace != nil
    onlyEmptyIsNull = column.nulls == [""]
  }
}

/// What keeps a row back until a day.
struct EmbargoPlan {
  let embargo: Embargo
  /// The columns that may hold the day, as far as the file has them.
  let columns: [Int]
  /// The columns that hold what is kept back.
  let about: [Int]
  /// Whether rows can be judged: not where the file has a column for the day twice.
  let canJudge: Bool
}

/// The day as of which codes are looked up.
enum DaySource {
  case fixed(CivilDate)
  /// The first of these columns that has one.
  case columns([Int])
}

/// Columns of which each makes an observation of every row.
struct UnpivotPlan {
  /// The columns that get the text of the dimension.
  let dimensions: [Int]
  /// The cells, each with the text that its column is in the dimension, and the number of the column that gets it.
  let columns: [ColumnBinding.Pivot]
}

/// The observation of an unpivoted row that is at hand.
struct PivotAtHand {
  /// Its number among the row's observations.
  let number: Int
  /// The cell, and the number of the column that gets it.
  let cell: Int
  let value: Int
  /// What its column is in the dimension.
  let text: ByteView
}

/// Columns that answer yes or no.
struct AnswersPlan {
  /// The columns that list those that say yes, and no.
  let yes: Int
  let no: Int
  /// The cells, each with the code of its column, and its title.
  let columns: [ColumnBinding.Pivot]
  /// What titles, and titles with another answer after them, are codes of.
  let register: Register?
}

/// Running numbers within a key.
struct OrdinalPlan {
  let key: CompiledTemplate
  /// Which of the run's counters it uses.
  let counter: Int
  /// What stands before every number but the first, which then is nothing; nil where all stand.
  let suffix: ByteString?
}

/// Columns in which all rows with one key say the same.
struct AgreementPlan {
  let key: CompiledTemplate
  /// Which of the run's tables of first values it uses, and the columns' places in it.
  let table: Int
  var columns: [(number: Int, place: Int)]
}

/// A thing that rows speak of.
struct SubjectPlan {
  /// The number of its IRI's template; nil for a blank node of the row.
  let template: Int?
  /// Whether many rows may say the same of it, so that what was just said is not said again.
  let repeats: Bool
  /// The column over whose items it runs, a thing for each of them; nil for one thing a row.
  var items: Int?
  /// Its triples: a range of the plan's emissions.
  var emissions: Range<Int> = 0..<0
}

/// One triple per row, or one for each value of a list.
struct Emission {
  let column: Int
  let predicate: PredicatePlan
  let object: ObjectPlan
  /// The numbers of the conditions that must hold of the row.
  let conditions: [Int]
  /// Whether the triple stands although the column has no value (virtual columns).
  let isVirtual: Bool
  /// Whether the triple says what the thing is (rdf:type).
  let statesType: Bool
  /// Whether there are conditions.
  let isConditional: Bool
  /// The column over whose items it runs, a triple for each of them; -1 for one triple.
  let items: Int
  /// The name of the member that it becomes in JSON; nil where the row makes it.
  let name: ByteString?
  /// Which of the run's tables tells whether the object is the first that its subject has; -1 where that does not matter.
  let firsts: Int
  /// The predicate of objects that are not.
  let further: TermID
}

/// What stands in the middle of a triple.
enum PredicatePlan {
  case constant(TermID)
  /// The number of a template.
  case template(Int)
}

/// What stands at the end of a triple.
enum ObjectPlan {
  /// The value as a literal.
  case literal(TermKind, qualifier: TermID)
  /// The value as an IRI of its column's register.
  case register
  /// The number of a template.
  case template(Int)
  case constant(TermID)
}
