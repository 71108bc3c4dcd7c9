import Bytes
package import Problems
import RDF
import RDFSyntax
import SPARQL

extension Pages {
  /// The query page, with a query that can be asked at once.
  /// - Parameter text: the query to begin with; nil for one that suits any data.
  package func queryForm(_ text: String?, _ context: PageContext) async throws(Failure) -> String {
    let frame = PageFrame(self, context)
    let examples = exampleQueries(context.language)
    var model = form(text ?? defaultQuery(examples), frame)
    model["examples"] = examples.map { exampleModel($0, frame) }
    let title = frame.words.word("query-title")
    return frame.render("query", title: title, crumbs: [.init(text: title)], section: "/sparql", model)
  }

  /// Asks what our own things in a table are called, so that ``queryResult(_:_:milliseconds:_:)`` can show their names.
  package func nameThings(in table: ResultTable, _ context: PageContext) async throws(Failure) {
    let iris = table.rows.joined().lazy.compactMap { $0?.iri }.filter { context.addresses.path(of: $0) != nil }
    let ours = Set(iris.prefix(4000))
    if !ours.isEmpty { table.names = try await names(of: ours, context.language) }
  }

  /// The answer to a query, as a table.
  package func queryResult(_ text: String, _ table: ResultTable, milliseconds: Int, _ context: PageContext) -> String {
    let frame = PageFrame(self, context)
    var model = form(text, frame)
    model["time"] = ValueText.milliseconds(milliseconds, context.language)
    model["answer"] = answer(table, text, frame)
    let title = frame.words.word("result-title")
    let crumbs: [PageFrame.Crumb] = [
      .init(text: frame.words.word("query-title"), href: context.link(to: "/sparql")), .init(text: title),
    ]
    return frame.render("result", title: title, crumbs: crumbs, section: "/sparql", model)
  }

  /// A query that could not be answered: what is wrong and where, and the query to mend.
  package func queryProblem(_ text: String, _ problem: Problem, _ context: PageContext) -> String {
    let frame = PageFrame(self, context)
    var model = form(text, frame)
    var shown: Model = [
      "message": Wording.shared.message(of: problem, in: context.language), "code": problem.code.rawValue,
      "help": Wording.shared.help(of: problem, in: context.language),
    ]
    if let line = problem.place.line {
      let column = problem.place.column ?? 1
      shown["place"] = ["text": frame.words.text("line-column", ["line": frame.number(line), "column": frame.number(column)])] as Model
      if let excerpt = Self.excerpt(of: text, line: line, column: column) { shown["excerpt"] = excerpt }
    }
    model["problem"] = shown
    let title = frame.words.word("query-failed")
    let crumbs: [PageFrame.Crumb] = [
      .init(text: frame.words.word("query-title"), href: context.link(to: "/sparql")), .init(text: title),
    ]
    return frame.render("result", title: title, crumbs: crumbs, section: "/sparql", model)
  }

  /// The form and what it is filled with.
  private func form(_ text: String, _ frame: PageFrame) -> Model {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
    var form: Model = [
      "action": frame.context.folder + "/sparql", "text": text, "rows": min(max(lines + 1, 10), 30),
      "formats": ["json", "csv", "tsv", "xml"].map { ["value": $0, "text": $0.uppercased()] as Model },
      "prefixes": publication.prefixes.entries.map { ["prefix": $0.prefix.text, "namespace": $0.namespace.text] as Model },
    ]
    if frame.context.isLanguageChosen { form["language"] = ["code": frame.context.language.rawValue] as Model }
    return ["form": form]
  }

  /// A query over whatever there is: some things with their kind and name. It declares the prefixes that the examples do.
  private func defaultQuery(_ examples: [ExampleQuery]) -> String {
    let known = ["rdfs"] + examples.flatMap { Self.declared(in: $0.text) }
    let lines = publication.prefixes.entries.filter { known.contains($0.prefix.text) }.map {
      "PREFIX \($0.prefix.text): <\($0.namespace.text)>"
    }
    let label = publication.prefixes.namespace(of: "rdfs") == nil ? "<\(KnownVocabulary.rdfs("label"))>" : "rdfs:label"
    let query = """
      SELECT ?thing ?type ?label
      WHERE {
        ?thing a ?type ;
          \(label) ?label .
      }
      LIMIT 25
      """
    return (lines.sorted() + [lines.isEmpty ? query : "\n" + query]).joined(separator: "\n")
  }

  /// The prefixes that a query declares, a line each.
  private static func declared(in query: String) -> [String] {
    query.split(separator: "\n").compactMap { line in
      guard line.uppercased().hasPrefix("PREFIX "), let colon = line.firstIndex(of: ":") else { return nil }
      return line[line.index(line.startIndex, offsetBy: 7)..<colon].filter { $0 != " " }
    }
  }

  private func answer(_ table: ResultTable, _ text: String, _ frame: PageFrame) -> Model {
    let formats =
      table.isGraph
      ? DocumentForm.allCases.compactMap(\.format).map { ($0.name, $0.title) }
      : ["json", "csv", "tsv", "xml"].map { ($0, frame.words.word("format-" + $0)) }
    var model: Model = [
      "downloads": formats.map { format, title -> Model in
        let query = FormFields().replacing(["query": text, "format": format]).text
        return ["href": frame.context.folder + "/sparql?" + query, "text": title]
      }
    ]
    if let truth = table.truth {
      model["truth"] = ["text": frame.words.word(truth ? "yes" : "no")] as Model
      return model
    }
    let shown = frame.number(table.rows.count)
    if table.hasMore {
      model["count"] = frame.words.text("showing-of", ["shown": shown, "count": frame.number(table.count)])
    } else {
      model["count"] = frame.words.count(table.count, one: "one-answer", many: "many-answers")
    }
    if table.rows.isEmpty {
      model["empty"] = true
      return model
    }
    model["table"] =
      [
        "variables": table.isGraph ? table.variables.map { frame.words.word("column-" + $0) } : table.variables,
        "rows": table.rows.map { row -> Model in ["cells": row.map { ["value": cell($0, table.names, frame)] as Model }] },
      ] as Model
    return model
  }

  /// A cell: our things linked to their pages, literals as people read them.
  private func cell(_ term: Term?, _ names: Names?, _ frame: PageFrame) -> [Model] {
    switch term {
    case nil: return []
    case .iri(let iri):
      let label = names?.label(of: iri.text) ?? publication.labels.label(of: iri.text, frame.context.language)
      return [frame.link(iri.text, label ?? Label(text: shortName(iri.text), language: nil))]
    case .blankNode(let label): return [["plain": ["text": "_:" + label.text] as Model]]
    case .literal(let text, .language(let tag)):
      return [["plain": frame.text(Label(text: text.text, language: tag.text.lowercased()))]]
    case .literal(let text, .datatype(let datatype)):
      let shown = ValueText(text.text, datatype: datatype.text, frame.context.language)
      return [["plain": ["text": shown.text, "number": shown.isNumber] as Model]]
    }
  }

  /// The line of a query that a problem stands in, and a mark under the column.
  static func excerpt(of text: String, line: Int, column: Int) -> Model? {
    let lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
    guard lines.indices.contains(line - 1) else { return nil }
    let scalars = Array(lines[line - 1]).filter { $0 != "\r" }
    // A long line is cut so that the place is in sight.
    let start = max(0, min(column - 1, scalars.count) - 60)
    let part = scalars[start..<min(scalars.count, start + 120)]
    func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
    let before = part.prefix(max(0, column - 1 - start)).map { $0 == "\t" ? $0 : " " }
    return ["line": (start > 0 ? "…" : "") + string(part), "caret": (start > 0 ? " " : "") + string(before) + "^"]
  }

  /// What a status means for a reader.
  private static func title(ofStatus status: Int, _ words: PageWords) -> String {
    switch status {
    case 404: words.word("title-not-found")
    case 406: words.word("title-no-such-format")
    case 503: words.word("title-too-much")
    case 400..<500: words.word("title-not-understood")
    default: words.word("title-failed")
    }
  }

  /// A page that says why there is nothing to show.
  /// - Parameters:
  ///   - status: the HTTP status.
  ///   - detail: what is wrong.
  ///   - choices: where to go instead.
  package func problem(
    status: Int, _ detail: String, choices: [(label: String, href: String)], _ context: PageContext
  ) -> String {
    let frame = PageFrame(self, context)
    var model: Model = ["status": "\(status)", "detail": detail]
    if !choices.isEmpty {
      model["choices"] =
        [
          "links": choices.map { choice -> Model in
            // An address on this server, or one that a browser may follow.
            let isPath = choice.href.hasPrefix("/") && !choice.href.hasPrefix("//")
            guard let href = isPath || choice.href.hasPrefix("?") ? choice.href : PageFrame.safe(choice.href) else {
              return ["plain": ["text": choice.label] as Model]
            }
            return ["link": ["href": href, "text": choice.label, "title": choice.href] as Model]
          }
        ] as Model
    }
    let title = Self.title(ofStatus: status, frame.words)
    return frame.render("message", title: title, crumbs: [.init(text: title)], model)
  }
}
