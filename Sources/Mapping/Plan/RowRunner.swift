import Bytes
import Identifiers
import Problems
import RDF
import Tables

/// Runs a plan over batches of rows into a sink: judges each row, parses its cells, and appends its triples.
///
/// One runner serves all files of a conversion, so that blank nodes, running numbers and what was just said go on from file to file.
///
/// A struct with one owner, so that the compiler proves each access exclusive and none is checked as rows run.
struct RowRunner: ~Copyable {
  let context: ConversionContext
  private var sink: any QuadSink
  private var problems: any ProblemSink
  /// What gathers the row's JSON objects in the place of triples; nil where triples are written.
  let objects: RowObjects?
  /// The file being read, and of a workbook the sheet, for messages.
  private(set) var table = Place()
  private(set) var plan = TablePlan()
  /// The plan's parts, where hot loops use them in place.
  private(set) var columns = FixedArray<ColumnPlan>([])
  private(set) var hot = FixedArray<HotColumn>([])
  private(set) var subjects = FixedArray<SubjectPlan>([])
  private(set) var emissions = FixedArray<Emission>([])
  private(set) var templates = FixedArray<Unmanaged<CompiledTemplate>>([])
  private(set) var maps = FixedArray<TriplesPlan>([])
  private(set) var terms = FixedArray<TermPlan>([])
  private(set) var hotTerms = FixedArray<HotTerm>([])
  private(set) var hotLinks = FixedArray<HotLink>([])
  private(set) var gatherings = FixedArray<GatheringPlan>([])
  /// The terms that term plans have made of the current row.
  var made: ContiguousArray<TermID> = []
  /// The parsers of datatypes that rows have named, nil for those whose values are any texts.
  var namedParsers: [(datatype: ByteString, parser: CellParser?)] = []
  /// rdf:type, and the datatypes of numbers and truth values.
  private(set) var typeTerm: TermID = 0
  private(set) var naturalTerms: (boolean: TermID, integer: TermID, double: TermID) = (0, 0, 0)
  private(set) var tests = FixedArray<Unmanaged<BoundCondition>>([])
  /// What each condition said of the current row: 0 not asked yet, 1 no, 2 yes.
  private(set) var verdicts = FixedArray<UInt8>([])
  /// The texts of constant columns and of defaults, by column; they stand in ``constantText``.
  private(set) var constants: [ByteView] = []
  private(set) var defaults: [ByteView] = []
  private var constantText = ByteBuffer()
  /// The columns that answer yes or no.
  private(set) var answers: [(cell: Int, code: ByteView, title: ByteView)] = []
  /// What those columns say in the current row, as far as they do.
  var answered: [(isYes: Bool, code: ByteView)] = []
  /// The numbers of those that say something else.
  var wrongAnswers: [Int] = []
  /// The observations of each row, where it is unpivoted.
  private(set) var pivots: [PivotAtHand] = []

  var batch = QuadBatch(capacity: 1 << 14)
  var values = RowValues(count: 0)
  /// The text of each column in the current row, after cleaning; valid while the row is worked on.
  private(set) var texts = FixedArray<ByteView>([])
  /// What cleaning has written for the current row. It never moves while the row is worked on.
  var cleaned = ByteBuffer()
  var spare = ByteBuffer()
  var counters = RunCounters()
  var ordinals: [OrdinalTable] = []
  private(set) var agreements: [AgreementTable] = []
  private(set) var firsts: [FirstValues] = []
  var keys = KeyTables()
  /// The columns of the current row whose cells have not the form that they should: a list, or what a cleaning step asks for.
  var unreadable: [(column: Int, wanted: WantedText?)] = []
  /// The counters of the rules that cut cells out of the current row.
  var cutBy: [Int] = []
  /// What is wrong with the cells of the current row, until it is known that the row itself is not.
  var held: [Problem] = []
  var isHolding = false
  /// What the cells of the file must be, made when a row looks shifted for the first time.
  var neighbours: ShiftCheck?
  /// The day as of which codes are looked up in the current row, by the plan's numbers for them.
  var days: [CivilDate?] = []
  /// The observation at hand of a row that is unpivoted.
  var pivot: PivotAtHand?
  private(set) var needsMore = false
  private(set) var hasItems = false
  /// Whether cells may hold several values, as references into JSON and XML do. The plan is large: a loop asks it for nothing.
  private(set) var mayRepeat = false
  /// Whether columns have texts only where a condition holds.
  private(set) var hasConditionalTexts = false
  var report = ConversionReport()
  /// Why rows of the file at hand could not be judged.
  var doubts = Doubts()
  /// Where texts of the file at hand are garbled.
  var garbled = GarbledColumns()
  var graph = QuadBatch.defaultGraph
  /// How much room cleaning needs at most: so many bytes for each byte of the row's texts, and so many beside.
  private(set) var room = (perByte: 0, beside: 0)
  private(set) var hasSteps = false
  private var recent = RecentTriples()
  /// The row of each quad in ``batch``, for a sink that wants to know; else nil, and none are noted.
  var origins: RowOrigins?
  /// How many rows stood in the files before this one.
  private var rowsBefore = 0
  /// How many rows of the file at hand are passed over.
  private var rowsToSkip = 0
  /// How many rows the file at hand has had so far.
  var rowsOfFile: Int { values.serial - rowsBefore }
  /// How many quads, and bytes of terms, are gathered before they go to the sink.
  private var limits = (quads: 12_000, bytes: 1 << 20)

  init(context: ConversionContext, sink: any QuadSink) {
    self.context = context
    self.sink = sink
    origins = (sink as? any ProvenanceSink).map { RowOrigins($0) }
    values.serial = context.rowsBefore
    rowsBefore = context.rowsBefore
    problems = context.problems
    objects = sink as? RowObjects
    objects?.current.mode = context.mode
    if let name = context.graph { graph = batch.terms.add(.iri, name) }
    typeTerm = batch.terms.add(.iri, RDFTerms.type)
    naturalTerms = (batch.terms.add(.iri, XSD.boolean), batch.terms.add(.iri, XSD.integer), batch.terms.add(.iri, XSD.double))
    batch.terms.keepAsConstants()
  }

  deinit { values.cells.deallocate() }

  /// Takes a plan for a file. Its constants, which `compile` adds to the arena, stay there.
  mutating func begin(
    _ table: Place, compile: (inout TermArena, inout RunCounters) throws(Failure) -> TablePlan
  ) throws(Failure) {
    try flush()
    if rowsOfFile > 0 { report.rowsOfFiles[self.table.prefix] = rowsOfFile }
    self.table = table
    rowsToSkip = context.rowsToSkip[table.prefix] ?? 0
    origins?.begin(table.prefix)
    rowsBefore = values.serial
    plan = try compile(&batch.terms, &counters)
    plan.hold(back: context.holdsBack)
    batch.terms.keepAsConstants()
    columns = FixedArray(plan.columns)
    subjects = FixedArray(plan.subjects)
    emissions = FixedArray(plan.emissions)
    templates = FixedArray(plan.templates.map { Unmanaged.passUnretained($0) })
    maps = FixedArray(plan.maps)
    terms = FixedArray(plan.terms)
    hotTerms = FixedArray(plan.terms.map { HotTerm($0) })
    hotLinks = FixedArray(plan.maps.flatMap { map in map.links.map { HotLink($0) } })
    gatherings = FixedArray(plan.gatherings)
    tests = FixedArray(plan.tests.map { Unmanaged.passUnretained($0) })
    verdicts = FixedArray([UInt8](repeating: 0, count: plan.tests.count))
    hot = FixedArray(plan.columns.map { HotColumn($0) })
    values.cells.deallocate()
    values = RowValues(count: plan.columns.count, serial: values.serial)
    texts = FixedArray([ByteView](repeating: .empty, count: plan.columns.count))
    room = plan.cleaningRoom
    room.beside += plan.answers?.room ?? 0
    hasSteps = plan.columns.contains { !$0.steps.isEmpty }
    neighbours = nil
    garbled = GarbledColumns()
    doubts = Doubts(before: (report.rowsRead, report.rowsWithheld[ConversionReport.undecided] ?? 0))
    days = plan.daySources.map { if case .fixed(let day) = $0 { day } else { nil } }
    needsMore = (0..<hot.count).contains { hot.elements[$0].needsMore }
    mayRepeat = plan.mayRepeat
    hasItems = plan.columns.contains { $0.items != nil }
    hasConditionalTexts = plan.columns.contains { $0.text != nil && !$0.conditions.isEmpty }
    while ordinals.count < counters.ordinalCount { ordinals.append(OrdinalTable()) }
    while agreements.count < counters.agreementCount { agreements.append(AgreementTable()) }
    for agreement in agreements { agreement.begin(table.file ?? "") }
    while firsts.count < counters.firstCount { firsts.append(FirstValues()) }
    keepConstants()
  }

  /// Takes note of whether rules of secrecy are asked about the rows of the file.
  mutating func noteJudged() {
    let part: JudgedPart = plan.isSecretive ? .all : .nothing
    report.judged = part.with(report.judged)
  }

  private mutating func keepConstants() {
    constantText.truncate()
    let sources = plan.columns.map { column -> ByteString in if case .constant(let text) = column.source { text } else { "" } }
    let fallbacks = plan.columns.map { $0.default ?? "" }
    let dimensions = plan.unpivot?.columns.map(\.text) ?? plan.answers?.columns.flatMap { [$0.text, $0.title] } ?? []
    constantText.reserve((sources + fallbacks + dimensions).reduce(0) { $0 + $1.count })
    constants = []
    for text in sources { constants.append(keep(text)) }
    defaults = []
    for text in fallbacks { defaults.append(keep(text)) }
    pivots = []
    for (number, column) in (plan.unpivot?.columns ?? []).enumerated() {
      pivots.append(PivotAtHand(number: number, cell: column.cell, value: column.value, text: keep(column.text)))
    }
    answers = []
    for column in plan.answers?.columns ?? [] { answers.append((column.cell, keep(column.text), keep(column.title))) }
  }

  private mutating func keep(_ text: ByteString) -> ByteView {
    let start = constantText.count
    constantText.append(bytes: text)
    return constantText.view(start..<constantText.count)
  }

  /// Hands what has been gathered to the sink.
  mutating func flush() throws(Failure) {
    if batch.count > 0 {
      report.triples += batch.count
      if origins == nil { try sink.append(batch) } else { try origins?.append(batch) }
    }
    if let objects { try objects.flush() }
    try context.review?.flush()
    batch.reset()
  }

  /// Runs the plan over the rows of a batch.
  mutating func run(_ input: borrowing RowBatch) throws(Failure) {
    for row in 0..<input.rowCount {
      run(row, of: input)
      if batch.count > limits.quads || batch.terms.bytes.count > limits.bytes {
        try checkSize()
        try flush()
      }
    }
  }

  /// Terms stand in 4 GiB; a row that says so much of a long cell that they don't is not written. Where it stands may be secret.
  private func checkSize() throws(Failure) {
    if batch.terms.bytes.count <= Int(UInt32.max) { return }
    throw Failure(.limitExceeded, at: table, ["what": .phrase("row-bytes"), "limit": "\(UInt32.max)"])
  }

  private mutating func run(_ row: Int, of input: borrowing RowBatch) {
    values.rowNumber = input.firstRow + row
    values.serial = rowsBefore + values.rowNumber
    if values.rowNumber <= rowsToSkip { return }
    report.rowsRead += 1
    values.sourceRow = input.sourceRow(row)
    let width = input.cellCount(row)
    if !input.isWhole(row), input.isDamaged(row) || plan.isSecretive {
      if plan.isSecretive { note(.undecided(input.isDamaged(row) ? .damaged : .quote), row, input) }
    } else if width != plan.width, !isTolerable(width, row, input) {
      if plan.isSecretive { note(.undecided(.width), row, input) }
    } else if plan.unpivot == nil {
      note(convert(row, width, input), row, input)
    } else {
      unpivot(row, width, input)
    }
  }

  /// Whether a row of the wrong width may be read all the same. It is told of in any case, unless secrecy forbids.
  private mutating func isTolerable(_ width: Int, _ row: Int, _ input: borrowing RowBatch) -> Bool {
    if !plan.isSecretive {
      let cell = max(0, min(width, plan.width) - 1)
      var arguments = ["found": "\(width)", "expected": "\(plan.width)"]
      if plan.leavesOutFaults, width > plan.width, let shift = shift(row, input, isCertain: false) {
        arguments["name"] = shownName(ofCell: shift.cell) ?? shift.column.text
      }
      report(Problem(.rowRagged, at: place(row, cell, input, column: nil), arguments))
    }
    return !plan.leavesOutFaults && !plan.isSecretive
  }

  /// Sends what comes of the rest of the file somewhere else, a batch of rows at a time.
  mutating func divert(to sink: any QuadSink, problems: any ProblemSink) {
    self.sink = sink
    self.problems = problems
    limits = (1 << 17, 8 << 20)
  }

  /// A runner that helps this one with the rest of its file.
  /// - Parameter compile: compiles the plan as for ``begin(_:compile:)``.
  func helper(
    compile: (inout TermArena, inout RunCounters) throws(Failure) -> TablePlan
  ) throws(Failure) -> RowRunner {
    var helper = RowRunner(context: context, sink: sink)
    helper.counters = counters.emptied
    helper.values.serial = rowsBefore
    helper.rowsBefore = rowsBefore
    try helper.begin(table, compile: compile)
    helper.ordinals = ordinals
    helper.agreements = agreements
    helper.firsts = firsts
    helper.keys = keys
    helper.recent = recent
    return helper
  }

  /// Takes over what a helper has counted, and sends what comes to `sink` again.
  mutating func join(_ helper: borrowing RowRunner, sink: any QuadSink) {
    report.add(helper.report)
    doubts.add(helper.doubts)
    for finding in helper.garbled.findings { garbled.add(finding) }
    counters.add(helper.counters)
    values.serial = max(values.serial, helper.values.serial)
    self.sink = sink
    problems = context.problems
    limits = (12_000, 1 << 20)
  }

  /// Where a cell of the current row stands.
  func place(_ row: Int, _ cell: Int, _ input: borrowing RowBatch, column: ByteString?) -> Place {
    var place = input.place(row, cell)
    place.file = table.file
    place.row = input.firstRow + row
    place.tableColumn = column?.text
    return place
  }

  /// Tells of a problem, or holds it back while it is not known whether the row itself is one.
  mutating func report(_ problem: Problem) {
    if isHolding { held.append(problem) } else { problems.report(problem) }
  }

  /// Whether a triple was not written of late.
  mutating func isNews(_ subject: TermID, _ predicate: TermID, _ object: TermID) -> Bool {
    let record = batch.terms[object]
    let qualifier = record.kind == .typed || record.kind == .tagged ? batch.terms.view(record.qualifier) : .empty
    return recent.insert(
      batch.terms.view(subject), batch.terms.view(predicate), batch.terms.view(object), qualifier: qualifier, kind: record.kind.rawValue)
  }
}
