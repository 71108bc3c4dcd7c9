import Bytes
import Identifiers
package import Problems
package import RDF
package import Tables

/// The conversion of some tables by one mapping into a sink (csv2rdf).
///
/// Tables are handed over one after the other, each as a stream of rows; memory does not grow with their length, but for keys that must
/// be unique and running numbers within a key.
package final class Conversion {
  private let group: TableGroupDescription
  private let context: ConversionContext
  private let sink: any QuadSink
  private var runner: RowRunner
  /// The tables of which triples are written, and those that have begun.
  private let written: [Int]
  private var hasBegun = false
  /// What stands around the rows where JSON is written.
  private var frame: TableJSON
  private var foreignKeys: [(table: Int, key: ForeignKeyDescription, target: Int?)] = []

  /// A conversion by `group` into `sink`; where that is a ``RowObjects``, to JSON.
  /// - Parameter tables: the numbers of the tables that will come; all when nil.
  package init(_ group: TableGroupDescription, tables: [Int]? = nil, context: ConversionContext, sink: any QuadSink) {
    self.group = group
    self.context = context
    self.sink = sink
    runner = RowRunner(context: context, sink: sink)
    frame = TableJSON(group, mode: context.mode)
    written = (tables ?? Array(group.tables.indices)).filter { !group.tables[$0].suppressesOutput }
    let present = Set(tables ?? Array(group.tables.indices))
    for (number, table) in group.tables.enumerated() {
      runner.keys.primary.append(KeyTable())
      for key in table.schema.foreignKeys {
        let target = group.tables.firstIndex { $0.url == key.resource || ($0.schema.id != nil && $0.schema.id == key.schema) }
        // Where a key leads in a table that does not come can't be told.
        foreignKeys.append((number, key, target.flatMap { present.contains($0) ? $0 : nil }))
        runner.keys.referenced.append(KeyTable())
        runner.keys.referring.append(KeyTable())
      }
    }
  }

  /// Converts the rows of one file as a table of the group.
  /// - Throws: a failure that makes the file unusable, such as ``ProblemCode/columnMissing``; everything else is a problem.
  package func convert(_ rows: any RowSource, asTable number: Int) throws(Failure) {
    beginGroup()
    var batch = RowBatch()
    let hasRows = try rows.next(&batch)
    let titles = columnTitles(rows.header)
    let extras = group.tables[number].extras
    let isAsked = extras.matchesByTitle || context.survey != nil
    let fit = ColumnFit(batch, isAsked: isAsked, missing: extras.missing, context: context)
    let table = group.tables[number].reading(header: titles.map { $0.first ?? "" }, context.headerWords) { fit.share($0, $1) }
    let width = max(titles.count, hasRows && rows.header.isEmpty ? batch.cellCount(0) : 0)
    // What stands beside the rows counts like what is set by hand, which counts before it.
    var context = context
    context.settings.merge(table.extras.valuesBesideRows(ofFile: rows.name, comments: rows.comments)) { set, _ in set }
    let binding = try bind(table, titles: titles, width: width, rows, fit, batch, context)
    var rows = rows
    if table.extras.matchesByTitle, binding.unclaimed.contains(where: { titles[$0].isEmpty }) {
      let watched = UntitledColumns(rows, columns: binding.unclaimed.filter { titles[$0].isEmpty })
      if hasRows { watched.look(at: batch) }
      rows = watched
    }
    func tell(_ code: ProblemCode, _ names: [ByteString]) {
      let unnamed = names.filter { name in context.settings[name] == nil && !binding.columns.contains { $0.name == name } }
      if unnamed.isEmpty { return }
      context.problems.report(Problem(code, at: Place(file: rows.name), ["names": unnamed.map(\.text).joined(separator: ", ")]))
    }
    tell(.fileNameUnmatched, table.extras.fileNames?.names ?? [])
    tell(.preambleUnmatched, table.extras.preamble.flatMap(\.names))
    let compiler = PlanCompiler(
      group: group, table: table, binding: binding, context: context, headerPlace: rows.headerPlace(nil), fileSlug: fileSlug(rows.name),
      file: group.file)
    context.review?.begin(rows.name, titles: titles.map { $0.first ?? "" })
    let isWritten = written.contains(number)
    let isJSON = runner.objects != nil
    func plan(_ compiler: PlanCompiler, _ terms: inout TermArena, _ counters: inout RunCounters) throws(Failure) -> TablePlan {
      var plan = try compiler.compile(into: &terms, counters: &counters)
      for (number, column) in binding.columns.enumerated() { plan.columns[number].title = title(of: column, titles) }
      plan.number = number
      plan.width = width
      if !isWritten { plan.subjects = [] }
      plan.structure =
        context.mode == .standard && isWritten && !isJSON
        ? TableStructure(table, number: number, prefix: context.blankNodePrefix, terms: &terms) : nil
      addForeignKeys(to: &plan, table: number, compiler)
      return plan
    }
    try runner.begin(rows.place) { terms, counters throws(Failure) in try plan(compiler, &terms, &counters) }
    if isWritten { runner.noteJudged() }
    if let objects = runner.objects {
      objects.current.begin(runner.plan)
      if isWritten { frame.begin(number, into: objects) }
    }
    if hasRows {
      try runner.run(batch)
      // What is wrong with the mapping has been told.
      let quiet = compiler.reporting(to: ProblemBuffer())
      try runner.runRest(of: rows, &batch, into: sink) { terms, counters throws(Failure) in try plan(quiet, &terms, &counters) }
    }
    runner.tellDoubts()
    runner.tellGarbledTexts()
    // What was meant for no eyes may stand in a comment as well.
    if isWritten, context.mode == .standard, !runner.plan.isSecretive { keep(comments: rows.comments, ofTable: number) }
  }

  /// Writes the comments of a file, or keeps them until its table ends.
  private func keep(comments: [ByteString], ofTable number: Int) {
    let texts = comments.map { $0.withView { ByteString($0.trimmed) } }
    if runner.objects == nil { runner.emit(comments: texts, ofTable: group.tables[number], number: number) } else { frame.note(texts) }
  }

  /// Ends the conversion: checks the foreign keys, and hands the last triples to the sink.
  package func finish() throws(Failure) -> ConversionReport {
    beginGroup()
    if let objects = runner.objects { frame.end(into: objects) }
    try runner.flush()
    try context.review?.flush()
    for (number, foreign) in foreignKeys.enumerated() where foreign.target != nil {
      for (code, key, place) in runner.keys.referring[number].faults(in: runner.keys.referenced[number]) {
        let target = foreign.target.map { group.tables[$0].url.text } ?? ""
        var arguments = ["table": target]
        arguments["key"] = key
        context.problems.report(Problem(code, at: place, value: key, arguments))
      }
    }
    return runner.finalReport
  }

  private func beginGroup() {
    if !hasBegun, runner.objects == nil { runner.emitGroup(group, tables: written) }
    hasBegun = true
  }

  private func addForeignKeys(to plan: inout TablePlan, table: Int, _ compiler: PlanCompiler) {
    for (number, foreign) in foreignKeys.enumerated() {
      if foreign.table == table { plan.foreignKeys.append((foreign.key.columns.compactMap(compiler.column), number)) }
      if foreign.target == table { plan.referencedKeys.append((foreign.key.referenced.compactMap(compiler.column), number)) }
    }
  }

  /// The titles of each column, from header rows that may be several.
  private func columnTitles(_ header: [[ByteString]]) -> [[ByteString]] {
    let width = header.map(\.count).max() ?? 0
    return (0..<width).map { column in header.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil } }
  }

  /// What people know a column by: where columns are found by titles the one that the file has, else the first that it may have.
  private func title(
    of column: (description: ColumnDescription, name: ByteString, source: ColumnSource), _ titles: [[ByteString]]
  ) -> ByteString? {
    if case .cell(let cell) = column.source, cell < titles.count, let title = titles[cell].first,
      column.description.titles.contains(where: { foldedTitle($0.text) == foldedTitle(title) })
    {
      return title
    }
    return column.description.titles.first?.text
  }

  private func bind(
    _ table: TableDescription, titles: [[ByteString]], width: Int, _ rows: any RowSource, _ fit: ColumnFit, _ batch: borrowing RowBatch,
    _ context: ConversionContext
  ) throws(Failure) -> ColumnBinding {
    if table.extras.matchesByTitle {
      let header = titles.map { $0.first ?? "" }
      let binding = ColumnBinding(
        byTitle: table.schema, header: header, settings: context.settings, judged: table.judgedColumns, unpivot: table.extras.unpivot,
        isMember: { dimension, text in
          guard let register = dimension.extras.register.flatMap({ context.registers[$0] }) else { return true }
          return text.withView { dimension.extras.steps.applied(to: $0) }.flatMap { register.code(of: $0) } != nil
        },
        codeOf: { context.registers[$1]?.code(of: $0) },
        // What has no cells stands back behind what has some that fit.
        fits: { fit.hasCells($1) ? fit.share($0, $1) : .leastNonzeroMagnitude })
      survey(binding, of: table, titles, rows.name, fit, batch)
      let codes = table.extras.unpivot.map { unpivot in
        binding.columns.filter { unpivot.dimensions.contains($0.name) }.compactMap { $0.description.extras.register }
      }
      try report(binding, titles, rows, codes: (codes ?? []).compactMap { context.registers[$0] })
      return binding
    }
    let binding = ColumnBinding(positional: table.schema, header: titles, width: width)
    if context.survey != nil {
      survey(binding, of: table, titles, rows.name, fit, batch)
    }
    reportMismatches(table, titles, rows)
    return binding
  }

  private func survey(
    _ binding: ColumnBinding, of table: TableDescription, _ titles: [[ByteString]], _ file: String, _ fit: ColumnFit,
    _ batch: borrowing RowBatch
  ) {
    context.survey?.note(
      binding, titles: titles, file: file, isSecretive: table.isSecretive,
      inherited: table.schema.inherited.inheriting(table.inherited).inheriting(group.inherited), fit, batch)
  }

  /// Tells of the file's columns that no description claims, and of described ones that it lacks.
  /// - Parameter codes: the registers in which a column's title may stand that is unpivoted.
  private func report(
    _ binding: ColumnBinding, _ titles: [[ByteString]], _ rows: any RowSource, codes: [Register]
  ) throws(Failure) {
    let described = binding.columns.flatMap { $0.description.titles.map(\.text.text) + [$0.name.text] }
    let known = described + codes.flatMap { $0.members.flatMap(\.names).map(\.text) }
    for cell in binding.unclaimed where !titles[cell].isEmpty {
      let title = titles[cell].first?.text ?? ""
      var place = rows.headerPlace(cell)
      place.tableColumn = title
      if let chosen = binding.cell(answeringTo: title) {
        context.problems.report(Problem(.columnAmbiguous, at: place, ["name": title, "chosen": "\(chosen + 1)"]))
        continue
      }
      let isTaken = known.contains { foldedTitle(ByteString($0)) == foldedTitle(ByteString(title)) }
      var arguments = ["name": title]
      if !isTaken { arguments["nearest"] = nearest(to: title, among: known) }
      context.problems.report(Problem(.columnExtra, at: place, arguments))
    }
    var failures: [Problem] = []
    for column in binding.missing {
      let choices = column.titles.map(\.text.text)
      let name = column.declaredName?.text ?? choices.first ?? ""
      var arguments = ["name": choices.first ?? name, "titles": choices.isEmpty ? name : choices.joined(separator: ", ")]
      let free = binding.unclaimed.compactMap { titles[$0].first?.text }
      arguments["nearest"] = (choices + [name]).compactMap { nearest(to: $0, among: free) }.first
      arguments["setting"] = column.settableName?.text
      var place = rows.headerPlace(nil)
      place.tableColumn = name
      failures.append(Problem(.columnMissing, at: place, arguments))
    }
    guard let last = failures.popLast() else { return }
    for problem in failures { context.problems.report(problem) }
    throw Failure(last)
  }

  /// Tells of columns whose titles are not those that the schema gives them (metadata vocabulary §5.5.1).
  ///
  /// Where tables are only checked this is an error, and a column must have a title that the header has: its name does not stand in for it.
  private func reportMismatches(_ table: TableDescription, _ titles: [[ByteString]], _ rows: any RowSource) {
    guard let columns = table.schema.columns?.filter({ !$0.isVirtual }), !titles.isEmpty, !columns.isEmpty || context.isValidation else {
      return
    }
    let severity: Severity = context.isValidation ? .error : .warning
    if columns.count != titles.count {
      context.problems.report(
        Problem(
          .metadataIncompatible, at: rows.headerPlace(nil), severity: severity,
          ["reason": .phrase("column-counts", ["schema": "\(columns.count)", "table": "\(titles.count)"])]))
    }
    for (number, (column, found)) in zip(columns, titles).enumerated() where !found.isEmpty {
      if context.isValidation, column.titles.isEmpty, let name = column.declaredName {
        context.problems.report(
          Problem(
            .metadataIncompatible, at: rows.headerPlace(number),
            ["reason": .phrase("column-without-titles", ["name": name.text, "found": found.map(\.text).joined(separator: " / ")])]))
        continue
      }
      let expected =
        column.titles.isEmpty ? [column.declaredName].compactMap { $0.map { LocalizedText(text: $0, language: "und") } } : column.titles
      let own = table.inherited.language ?? group.inherited.language
      if expected.isEmpty || expected.contains(where: { found.contains($0.text) && isCompatible($0.language, own) }) { continue }
      context.problems.report(
        Problem(
          .columnTitleMismatch, at: rows.headerPlace(number), severity: severity,
          [
            "number": "\(number + 1)", "found": found.map(\.text).joined(separator: " / "),
            "expected": expected.map { $0.text.text + ($0.language == "und" ? "" : " (\($0.language))") }.joined(separator: " / "),
          ]))
    }
  }

  /// Whether a title in a language may be one of the file's, whose language is the one that the metadata declares for the table, if any.
  private func isCompatible(_ language: ByteString, _ own: ByteString?) -> Bool {
    guard let own, language != "und" else { return true }
    return language.text.lowercased().hasPrefix(own.text.lowercased()) || own.text.lowercased().hasPrefix(language.text.lowercased())
  }
}

/// The slug of a file's name without folder and ending.
private func fileSlug(_ name: String) -> ByteString {
  let base = name.split(separator: "/").last.map(String.init) ?? name
  let stem = base.lastIndex(of: ".").map { String(base[..<$0]) } ?? base
  var out = ByteBuffer()
  ByteString(stem == "-" ? "stdin" : stem).withView { out.append(slugOf: $0) }
  return ByteString(out.view)
}

extension RowRunner {
  /// The report with the counts of the rules.
  var finalReport: ConversionReport {
    var result = report
    result.lastRowNumber = values.serial
    result.rowsOfFiles[table.prefix] = rowsOfFile
    result.looksBack = counters.ordinalCount > 0 || counters.firstCount > 0
    for (number, name) in counters.ruleNames.enumerated() {
      if counters.rows[number] > 0 { result.rowsWithheld[name, default: 0] += counters.rows[number] }
      if counters.cells[number] > 0 { result.cellsWithheld[name, default: 0] += counters.cells[number] }
      if counters.pointedOut[number] > 0 { result.pointedOut[name, default: 0] += counters.pointedOut[number] }
    }
    return result
  }
}
