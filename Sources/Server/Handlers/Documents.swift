import Bytes
import Problems
import RDF
import RDFSyntax
import SPARQL

/// Things and the documents about them: 303 from the one to the other, 200 for what names itself (contract §5, DIGG's rules UM-1 to UM-12).
struct Documents {
  /// What a document is about, and by which page it is shown.
  private enum Page { case thing, dataset, catalog, terms }

  private let publication: Publication
  private let pages: Pages
  private let endpoint: QueryEndpoint

  init(_ publication: Publication, _ pages: Pages, _ endpoint: QueryEndpoint) {
    self.publication = publication
    self.pages = pages
    self.endpoint = endpoint
  }

  private var addresses: Addresses { publication.addresses }

  /// The answer for a thing, `/id/…`: where the document about it is.
  func thing(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    if let home = addresses.newHome(of: request.path), try await isKnown(home) {
      return WebResponse(308).with("Location", encoded(home)).with("Link", "<\(encoded(home))>; rel=\"canonical\"")
    }
    for iri in addresses.things(at: request.path) where try await isKnown(iri) { return seeOther(iri, request, context) }
    // A list is the parent path of its members; what tells of a register is the document of its graph.
    if let base = addresses.base, request.path.segments.count == 2, try await isKnown("\(base)/register/\(request.path.segments[1])") {
      let path = context.folder + "/register/" + encoded(String(request.path.segments[1]))
      return WebResponse(303).with("Location", path).with("Link", "<\(path)>; rel=\"describedby\"")
    }
    throw try await unknown(request)
  }

  /// The answer for a thing of a register that has been moved to the host that was asked.
  func foreignThing(_ iri: String, _ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    guard try await isKnown(iri) else { throw try await unknown(request) }
    return seeOther(iri, request, context)
  }

  private func seeOther(_ iri: String, _ request: WebRequest, _ context: PageContext) -> WebResponse {
    // The client's choices of form and language go with it to the document.
    let kept = FormFields().replacing(["format": request.formatName, "lang": request.query["lang"]])
    let path = encoded(addresses.path(of: iri) ?? request.path.text)
    let location = context.folder + path + (kept.text.isEmpty ? "" : "?" + kept.text)
    var response = WebResponse(303).with("Location", location)
    var links = "<\(context.folder + path)>; rel=\"describedby\""
    if request.host.isEmpty || !iri.hasPrefix("https://\(request.host)/") { links += ", <\(encoded(iri))>; rel=\"canonical\"" }
    response.set("Link", links)
    return response
  }

  /// The document about a thing, `/doc/…`, or one that names itself, `/dataset/NAME`.
  func document(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    let (iri, ending) = try await found(request)
    var asked = request
    if let ending { asked.query = asked.query.replacing(["format": ending.name]) }
    let form = try asked.documentForm(of: DocumentForm.allCases)
    let page = page(for: context.path)
    var response: WebResponse
    if form == .html {
      guard let text = try await html(page, iri, context) else { throw try await unknown(request) }
      response = WebResponse(200, form.contentType, text: text)
      response.set("Content-Language", context.language.rawValue)
    } else {
      response = try await triples(of: page, iri, form)
    }
    let stem = encoded(ending.map { String(request.path.text.dropLast(($0.format?.ending ?? ".html").count)) } ?? request.path.text)
    response.set("Link", links(context.folder + stem))
    return response
  }

  /// Which thing a request's path means, and the form that its ending asks for.
  private func found(_ request: WebRequest) async throws(Failure) -> (iri: String, ending: DocumentForm?) {
    func candidates(_ path: RequestPath) -> [String] {
      path.text.hasPrefix("/doc/") ? addresses.things(at: path) : addresses.documents(at: path)
    }
    for iri in candidates(request.path) where try await isKnown(iri) { return (iri, nil) }
    if let (form, stem) = DocumentForm.ending(of: request.path.text), let path = try? RequestPath(stem) {
      for iri in candidates(path) where try await isKnown(iri) { return (iri, form) }
    }
    if request.path.text == "/ns" || request.path.text == "/ns/" { return (KnownVocabulary.kg, nil) }
    throw try await unknown(request)
  }

  private func page(for path: String) -> Page {
    if path.hasPrefix("/dataset/") || path.hasPrefix("/register/") { return .dataset }
    if path == "/ns" || path == "/ns/" { return .terms }
    return path == "/catalog" || path.hasPrefix("/catalog.") ? .catalog : .thing
  }

  private func html(_ page: Page, _ iri: String, _ context: PageContext) async throws(Failure) -> String? {
    switch page {
    case .thing: return try await pages.thing(iri, context)
    case .dataset:
      // One that is only described, in another graph, is a thing like any other.
      if let page = try await pages.dataset(iri, context) { return page }
      return try await pages.thing(iri, context)
    case .catalog: return try await pages.catalog(context)
    case .terms: return try await pages.terms(context)
    }
  }

  private func triples(of page: Page, _ iri: String, _ form: DocumentForm) async throws(Failure) -> WebResponse {
    switch page {
    case .thing: return try await answer(DocumentQueries.description(of: iri), form)
    case .dataset:
      guard let base = addresses.base, try await ask("ASK { GRAPH <\(base)/catalog> { <\(iri)> ?p ?o } }") else {
        return try await answer(DocumentQueries.description(of: iri), form)
      }
      return try await answer(DocumentQueries.dataset(iri, catalog: base + "/catalog"), form)
    case .catalog, .terms: return try await answer(DocumentQueries.graph(iri), form)
    }
  }

  /// The whole catalog, as the national portal harvests it: RDF/XML unless another form is asked for.
  func catalogFile(_ request: WebRequest) async throws(Failure) -> WebResponse {
    guard let base = addresses.base else { throw try await unknown(request) }
    let form = try request.documentForm(of: [.rdfxml, .turtle, .jsonld, .ntriples])
    return try await answer(DocumentQueries.graph(base + "/catalog"), form)
  }

  /// The list of data for re-use, `/psidata`: a page for people, and for programs the datasets with what belongs to them.
  func publicList(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    if addresses.base == nil { throw try await unknown(request) }
    let form = try request.documentForm(of: DocumentForm.allCases)
    var response: WebResponse
    if form == .html {
      response = WebResponse(200, form.contentType, text: try await pages.publicList(context))
      response.set("Content-Language", context.language.rawValue)
    } else {
      response = try await answer(DocumentQueries.allDatasets, form)
    }
    response.set("Link", links(context.folder + "/psidata"))
    return response
  }

  /// A whole dataset as a file, `/download/NAME.ENDING`.
  func download(_ request: WebRequest) async throws(Failure) -> WebResponse {
    let name = String(request.path.decoded.dropFirst("/download/".count))
    guard let base = addresses.base, let (form, stem) = DocumentForm.ending(of: name), let format = form.format, !stem.contains("/") else {
      throw try await unknown(request)
    }
    for folder in ["dataset", "register"] {
      let iri = "\(base)/\(folder)/\(stem)"
      guard DocumentQueries.isSafe(iri), try await ask("ASK { GRAPH <\(iri)> { ?s ?p ?o } }") else { continue }
      return try await answer(DocumentQueries.graph(iri), form)
        .with("Content-Disposition", "attachment; filename=\"\(stem)\(format.ending)\"")
    }
    throw try await unknown(request)
  }

  private func answer(_ text: String, _ form: DocumentForm) async throws(Failure) -> WebResponse {
    var query = QueryRequest(ByteString(text))
    query.budget = QueryBudget(time: .seconds(60))
    return try await endpoint.answer(query, NegotiatedFormats(form), publication.pages)
  }

  private func isKnown(_ iri: String) async throws(Failure) -> Bool {
    DocumentQueries.isSafe(iri) ? try await ask(DocumentQueries.isKnown(iri)) : false
  }

  private func ask(_ text: String) async throws(Failure) -> Bool {
    var query = QueryRequest(ByteString(text))
    query.budget = QueryBudget(time: .seconds(10))
    return try await publication.pages.ask(query)
  }

  /// That nothing is at an address, with what comes nearest in the register that it names.
  private func unknown(_ request: WebRequest) async throws(Failure) -> Failure {
    var arguments: [String: Words] = [:]
    let segments = request.path.segments
    if let base = addresses.base, segments.count > 1, segments[0] == "id" || segments[0] == "doc" {
      let graph = "\(base)/register/\(segments[1])"
      let table = ResultTable(limit: 20_000)
      if DocumentQueries.isSafe(graph) {
        var query = QueryRequest(ByteString(DocumentQueries.keys(ofRegister: graph)))
        query.budget = QueryBudget(time: .seconds(5))
        try await publication.pages.answer(query, to: table)
      }
      let folder = "/\(segments[0])/"
      let paths = table.rows.compactMap { row -> String? in
        guard case .iri(let iri)?? = row.first else { return nil }
        return addresses.path(of: iri.text).map { folder + $0.dropFirst("/doc/".count) }
      }
      arguments["nearest"] = nearest(to: request.path.text, among: paths).map { .text($0) }
    }
    return Failure(.requestUnknown, value: request.path.decoded, arguments)
  }

  /// The forms and languages of a document (DIGG's rule UM-4).
  private func links(_ path: String) -> String {
    var links: [String] = []
    for (number, language) in publication.languages.enumerated() {
      links.append("<\(path)>; rel=\"\(number == 0 ? "canonical" : "alternate")\"; type=\"text/html\"; hreflang=\"\(language.rawValue)\"")
    }
    for form in DocumentForm.allCases where form != .html { links.append("<\(path)>; rel=\"alternate\"; type=\"\(form.mediaType)\"") }
    return links.joined(separator: ", ")
  }

  /// An IRI or path as a header may have it: ASCII only.
  private func encoded(_ text: String) -> String {
    var out = ByteBuffer()
    ByteString(text).withView { out.append(percentEncoding: $0, allowsReserved: true) }
    return out.view.text
  }
}
