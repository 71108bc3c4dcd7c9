import Bytes
import Identifiers
import JSON
package import Problems
package import RDF
package import Resources
import Tables

/// The conversion of the sources of a mapping of RML into a sink.
///
/// Triples maps over one source go through its rows together. Where one joins another by conditions, the subjects of that other are first
/// gathered in memory by their keys; all else takes memory for one row or item at a time.
package struct TriplesConversion {
  private let mapping: RMLMapping
  private let context: ConversionContext
  private let inputs: (LogicalSource) throws(Failure) -> [String]
  private let together: [[String]]
  private let resources: any ByteSource

  /// A conversion.
  /// - Parameters:
  ///   - inputs: the names of the files that a source stands for.
  ///   - together: files that come from one place, as the pages of one address: in one of them at least there must be what some iterator leads to.
  ///   - resources: opens them.
  package init(
    _ mapping: RMLMapping, context: ConversionContext, resources: any ByteSource, together: [[String]] = [],
    inputs: @escaping (LogicalSource) throws(Failure) -> [String]
  ) {
    self.mapping = mapping
    self.context = context
    self.resources = resources
    self.together = together
    self.inputs = inputs
  }

  /// Reads all sources, in the order in which the mapping speaks of them, into `sink`, which is not told to finish.
  /// - Throws: a failure that makes a source unusable, or the mapping: then nothing has been written. ``ProblemCode/iteratorAbsent`` where no file
  ///   of a source has the place that an iterator leads to.
  package func run(into sink: any QuadSink) throws(Failure) -> ConversionReport {
    var work: [(source: LogicalSource, paths: ReferencePaths, rows: any RowSource, joins: [[JoinTable?]])] = []
    var places = FoundPlaces()
    let sources = mapping.sources.map { ($0, paths(of: $0)) }
    for (source, paths) in sources { try check(paths, of: source) }
    for map in mapping.triplesMaps { try checkSettings(of: map) }
    var tables: [JoinKey: JoinTable] = [:]
    let empty = EmptySources(context.problems)
    for (source, paths) in sources {
      var joins: [[JoinTable?]] = []
      for map in maps(over: source) { joins.append(try self.joins(of: map, &tables)) }
      // All are opened before anything is written.
      for input in try inputs(source) {
        let rows = try open(source, input, paths, empty)
        _ = try cells(source, rows, paths)
        work.append((source, paths, rows, joins))
        places.add(source, input, rows)
      }
    }
    var runner = RowRunner(context: context, sink: sink)
    for (source, paths, rows, joins) in work { try convert(source, paths, rows, joins, &runner, sink) }
    try runner.flush()
    try places.check(together)
    places.tell(context.problems)
    var report = runner.finalReport
    // A join finds the rows of all files of its source.
    if !tables.isEmpty { report.looksBack = true }
    return report
  }

  /// How many references of a mapping find something in the first items of a file, among which are those that filters of the iterator would
  /// pass over: an answer of which nothing is meant is one all the same. 0 where there are no items in the beginning of the file, beyond
  /// which nothing is looked at.
  /// - Throws: what opening and reading the file throws.
  package static func fit(of mapping: RMLMapping, to input: String, resources: any ByteSource) throws(Failure) -> Int {
    let quiet = ProblemBuffer()
    let context = ConversionContext(mode: .minimal, problems: quiet)
    let conversion = TriplesConversion(mapping, context: context, resources: FileBeginnings(resources)) { [$0.name] }
    var found = 0
    for source in mapping.sources {
      let paths = conversion.paths(of: source)
      let rows = try conversion.open(source, input, paths, quiet, isTrial: true)
      if source.formulation == .csv {
        let titles = Set((rows.header.first ?? []).map { foldedTitle($0) })
        found += paths.references.count { titles.contains(foldedTitle(ByteString($0))) }
        continue
      }
      var batch = RowBatch()
      guard try rows.next(&batch) else { continue }
      for cell in paths.references.indices {
        if (0..<batch.rowCount).contains(where: { !batch.cell($0, cell).isEmpty }) { found += 1 }
      }
    }
    return found
  }

  private func maps(over source: LogicalSource) -> [TriplesMap] { mapping.triplesMaps.filter { $0.source == source } }

  private func paths(of source: LogicalSource, and keys: [TermMap] = []) -> ReferencePaths {
    var paths = ReferencePaths(source)
    for map in maps(over: source) {
      map.forEachTerm { paths.add($0) }
      for case .parent(let reference) in map.links.flatMap(\.objects) where reference.conditions.isEmpty {
        if let parent = self.map(reference.parent), parent.source == source { parent.subject.forEach { paths.add($0) } }
      }
    }
    for key in keys { key.forEach { paths.add($0) } }
    paths.addSource()
    // What is withheld of the same items elsewhere is withheld here.
    for map in mapping.triplesMaps where map.source != source && map.source.hasSameItems(as: source) {
      map.forEachTerm { paths.addRules($0) }
    }
    // And what is withheld of them where others join them.
    for case .parent(let reference) in mapping.triplesMaps.flatMap(\.links).flatMap(\.objects) {
      guard let parent = self.map(reference.parent)?.source, parent == source || parent.hasSameItems(as: source) else { continue }
      for condition in reference.conditions { condition.parent.forEach { paths.addRules($0) } }
    }
    return paths
  }

  private func map(_ node: Term) -> TriplesMap? { mapping.triplesMaps.first { $0.node == node } }

  /// Without a value that its subject is made of, a triples map would say nothing of anything.
  private func checkSettings(of map: TriplesMap) throws(Failure) {
    for reference in map.subject.references {
      guard let name = ReferencePaths.setting(reference), context.settings[name] == nil else { continue }
      throw Failure(.columnMissing, at: map.subject.place, ["name": name.text, "setting": name.text])
    }
  }

  private func check(_ paths: ReferencePaths, of source: LogicalSource) throws(Failure) {
    switch source.formulation {
    case .csv: break
    case .json: _ = try paths.jsonPaths()
    case .xml:
      _ = try paths.xPaths()
      if paths.isSecretive { try checkPrefixes(of: source) }
    }
    _ = try paths.checkedCellRules()
  }

  /// Rules are found by names as they are written: where there are any, a prefix means one namespace, and a namespace has one prefix, in all
  /// sources of the same items.
  private func checkPrefixes(of source: LogicalSource) throws(Failure) {
    var known: [(prefix: String, iri: String)] = []
    for other in mapping.sources where other == source || other.hasSameItems(as: source) {
      for (prefix, iri) in other.namespaces {
        guard let first = known.first(where: { ($0.prefix == prefix) != ($0.iri == iri) }) else {
          known.append((prefix, iri))
          continue
        }
        let reason = Words.phrase("map-withhold-prefixes", ["prefix": prefix, "other": first.prefix, "iri": iri])
        throw Failure(.annotationInvalid, at: source.place, ["name": "kgm:withhold", "reason": reason])
      }
    }
  }

  // Rows.

  private func open(
    _ source: LogicalSource, _ input: String, _ paths: ReferencePaths, _ problems: any ProblemSink, isTrial: Bool = false
  ) throws(Failure) -> any RowSource {
    // A withheld item is told of neither by its text nor by its place.
    let problems: any ProblemSink = paths.isSecretive ? DiscreetSink(problems) : problems
    let judged = context.holdsBack == .rowsAndCells ? paths.judged : JudgedReferences()
    // What is wrong with a path is told before a source is looked for.
    switch source.formulation {
    case .csv:
      var dialect = Dialect.undeclared
      if let delimiter = source.delimiter { dialect.delimiter = ByteString(delimiter) }
      if let encoding = source.toldEncoding { dialect.encoding = encoding }
      let name = TableName(input)
      return try TableReader.open(
        try resources.open(name.file), kind: TableReader.Kind(name: name.file) == .xlsx ? .xlsx : .csv, sheet: name.sheet, dialect: dialect,
        problems: problems)
    case .json:
      let (iterator, references) = try paths.jsonPaths()
      var stream = try resources.open(input)
      if source.encoding != nil { stream = try DecodedStream(stream, declared: source.toldEncoding) }
      return JSONIterations(
        stream, iterator: isTrial ? iterator.unfiltered : iterator, references: references,
        compiler: expressionCompiler, judged: judged, asked: paths.asked,
        problems: problems, rowsPerBatch: isTrial ? FileBeginnings.items : 1024)
    case .xml:
      let (iterator, references) = try paths.xPaths()
      return XMLIterations(
        try resources.open(input), iterator: iterator, references: references, namespaces: source.namespaces, judged: judged,
        asked: paths.asked,
        problems: problems,
        rowsPerBatch: isTrial ? FileBeginnings.items : 1024)
    }
  }

  /// Finds the cell of a reference: in a table by the title of its column, else by its place among the references.
  private func cells(
    _ source: LogicalSource, _ rows: any RowSource, _ paths: ReferencePaths
  ) throws(Failure) -> [ByteString: ColumnSource] {
    var cells: [ByteString: ColumnSource] = [:]
    guard source.formulation == .csv else {
      for (number, reference) in paths.references.enumerated() { cells[ByteString(reference)] = .cell(number) }
      return cells
    }
    let titles = rows.header.first ?? []
    for reference in paths.references {
      let text = ByteString(reference)
      if let number = titles.firstIndex(of: text) ?? titles.firstIndex(where: { foldedTitle($0) == foldedTitle(text) }) {
        cells[text] = .cell(number)
      } else if let value = context.settings[text] {
        cells[text] = .constant(value)
      } else {
        var arguments = ["name": reference, "titles": reference]
        arguments["nearest"] = nearest(to: reference, among: titles.map(\.text))
        var place = rows.headerPlace(nil)
        place.tableColumn = reference
        throw Failure(.columnMissing, at: place, arguments)
      }
    }
    return cells
  }

  private func convert(
    _ source: LogicalSource, _ paths: ReferencePaths, _ rows: any RowSource, _ joins: [[JoinTable?]], _ runner: inout RowRunner,
    _ sink: any QuadSink
  ) throws(Failure) {
    let maps = maps(over: source)
    context.review?.begin(rows.name, titles: paths.references.map { ByteString($0) })
    try run(rows, source, paths, &runner, sink) { compiler, terms throws(Failure) in
      for (map, joins) in zip(maps, joins) {
        let number = mapping.triplesMaps.firstIndex { $0.node == map.node } ?? 0
        let parents = map.links.flatMap(\.objects).compactMap { object -> TriplesMap?? in
          if case .parent(let reference) = object { .some(self.map(reference.parent)) } else { nil }
        }
        try compiler.add(map, number: number, joins: joins, parents: parents, &terms)
      }
    }
  }

  private func run(
    _ rows: any RowSource, _ source: LogicalSource, _ paths: ReferencePaths, _ runner: inout RowRunner, _ sink: any QuadSink,
    fill: (inout TriplesMapCompiler, inout TermArena) throws(Failure) -> Void
  ) throws(Failure) {
    let cells = try cells(source, rows, paths)
    let width = source.formulation == .csv ? rows.header.first?.count ?? 0 : paths.references.count
    let rules = try paths.checkedCellRules()
    let origin = mapping.sources.firstIndex(of: source) ?? 0
    func plan(_ terms: inout TermArena, _ counters: inout RunCounters) throws(Failure) -> TablePlan {
      var compiler = TriplesMapCompiler(source, number: origin, context: context, width: width) { reference in
        if let name = ReferencePaths.setting(reference.text) { return context.settings[name].map { .constant($0) } ?? .absent }
        return cells[reference]
      }
      swap(&compiler.counters, &counters)
      defer { swap(&compiler.counters, &counters) }
      try fill(&compiler, &terms)
      try compiler.addRules(cells: rules)
      return compiler.plan
    }
    try runner.begin(rows.place, compile: plan)
    runner.noteJudged()
    var batch = RowBatch()
    if try rows.next(&batch) {
      try runner.run(batch)
      try runner.runRest(of: rows, &batch, into: sink, compile: plan)
    }
    runner.tellDoubts()
    runner.tellGarbledTexts()
  }

  // Joins.

  /// What a join table is for.
  private struct JoinKey: Hashable {
    let parent: Term
    let keys: [ByteString]
  }

  /// The tables of the reference object maps of a triples map, gathered where they are not there yet.
  private func joins(of map: TriplesMap, _ tables: inout [JoinKey: JoinTable]) throws(Failure) -> [JoinTable?] {
    var joins: [JoinTable?] = []
    for case .parent(let reference) in map.links.flatMap(\.objects) {
      guard let parent = self.map(reference.parent) else { continue }
      if reference.conditions.isEmpty {
        if parent.source != map.source {
          throw Failure(
            .triplesMapInvalid, at: reference.place,
            ["map": .text(map.name), "property": "joinCondition", "reason": .phrase("map-join-source", ["name": parent.name])])
        }
        joins.append(nil)
        continue
      }
      let keys = reference.conditions.map(\.parent)
      let key = JoinKey(parent: reference.parent, keys: keys.map { ByteString("\($0.expression) \($0.steps)") })
      if tables[key] == nil { tables[key] = try gather(parent, keys) }
      joins.append(tables[key])
    }
    return joins
  }

  private func gather(_ parent: TriplesMap, _ keys: [TermMap]) throws(Failure) -> JoinTable {
    let table = JoinTable()
    var quiet = context
    // What is wrong with the rows of the parent is told when they are converted.
    quiet.problems = ProblemBuffer()
    quiet.usesTwoThreads = false
    let paths = paths(of: parent.source, and: keys)
    let sink = QuadCollector()
    // One runner for all files, so that running numbers go on as they do where the rows are converted.
    var runner = RowRunner(context: quiet, sink: sink)
    for input in try inputs(parent.source) {
      let rows = try open(parent.source, input, paths, quiet.problems)
      try run(rows, parent.source, paths, &runner, sink) { compiler, terms throws(Failure) in
        try compiler.add(parent, keys: keys, to: table, &terms)
      }
    }
    return table
  }
}
