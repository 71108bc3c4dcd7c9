import Bytes
import Problems
import RDF
import RDFSyntax
import SPARQL
import Site

/// Things and the documents about them: 303 from the one to the other, 200 for what names itself (contract §5, DIGG's rules UM-1 to UM-12).
struct Documents {
  /// What a document is about, and by which page it is shown.
  private enum Page { case thing, dataset, catalog, terms }

  let publication: Publication
  let pages: Pages
  private let endpoint: QueryEndpoint

  init(_ publication: Publication, _ pages: Pages, _ endpoint: QueryEndpoint) {
    self.publication = publication
    self.pages = pages
    self.endpoint = endpoint
  }

  var addresses: Addresses { publication.addresses }

  /// The answer for a thing, `/id/…`: where the document about it is.
  func thing(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    if let home = addresses.newHome(of: request.path), try await isKnown(home) {
      return WebResponse(308).with("Location", encoded(home)).with("Link", "<\(encoded(home))>; rel=\"canonical\"")
    }
    if let iri = try await known(among: addresses.things(at: request.path)) { return try await answer(for: iri, request, context) }
    // A list is the parent path of its members; what tells of a register is the document of its graph.
    if let base = addresses.base, request.path.segments.count == 2, try await isKnown("\(base)/register/\(request.path.segments[1])") {
      let path = context.folder + "/register/" + encoded(String(request.path.segments[1]))
      return WebResponse(303).with("Location", path).with("Link", "<\(path)>; rel=\"describedby\"")
    }
    throw try await unknown(request)
  }

  /// The answer for a thing of a register that has been moved to the host that was asked; nil where the register has no such thing.
  func foreignThing(_ iri: String, _ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse? {
    try await isKnown(iri) ? try await answer(for: iri, request, context) : nil
  }

  /// The answer for a thing that there is or was.
  private func answer(for iri: String, _ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    guard let life = try await lifeCycle(of: iri) else { return seeOther(iri, request, context) }
    return try await ended(life, request, context)
  }

  /// How a thing's identifier ended; nil while it is in use, and without a site, which alone has registers.
  private func lifeCycle(of iri: String) async throws(Failure) -> LifeCycle? {
    guard let base = addresses.base, DocumentQueries.isSafe(base), try await pages.mayHaveEnded(iri, base: base) else { return nil }
    let rows = try await pages.ask(LifeCycle.query(of: iri, base: base)).rows
    return LifeCycle(iri, rows: rows, on: SwedishTime.date(at: .now))
  }

  /// The answer for an identifier that is no longer in use: 410, 308 or 300, with what is known of it in the form that the client takes.
  private func ended(_ life: LifeCycle, _ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    var response: WebResponse
    switch try? request.documentForm(of: DocumentForm.allCases) {
    case .html?:
      response = WebResponse(200, DocumentForm.html.contentType, text: try await pages.ended(life, context))
      response.set("Content-Language", context.language.rawValue)
    case let form?: response = try await answer(DocumentQueries.description(of: life.iri), form)
    // Whatever the client accepts, the identifier is no more. Only 410 is an error.
    case nil where life.ending != .retired: response = try await answer(DocumentQueries.description(of: life.iri), .jsonld)
    case nil:
      var arguments: [String: Words] = [:]
      arguments["day"] = life.day.map { .text($0.text) }
      response = ProblemAnswer(Failure(.identifierEnded, value: life.iri, arguments)).response(to: request, pages, context)
    }
    response.status = life.ending.status
    func link(_ iri: String) -> String {
      let target = addresses.link(toThing: iri)
      return (target.hasPrefix("/") ? context.folder : "") + encoded(target)
    }
    let document = context.folder + encoded(addresses.path(of: life.iri) ?? request.path.text)
    let links = ["<\(document)>; rel=\"describedby\""] + life.successors.map { "<\(link($0))>; rel=\"successor-version\"" }
    response.set("Link", links.joined(separator: ", "))
    if life.ending == .replaced, let successor = life.successors.first { response.set("Location", link(successor)) }
    if life.ending == .retired, let date = life.day?.httpDate { response.set("Sunset", date) }
    return response
  }

  private func seeOther(_ iri: String, _ request: WebRequest, _ context: PageContext) -> WebResponse {
    // The client's choices of form and language go with it to the document.
    let kept = FormFields().replacing(["format": request.formatName, "lang": request.query["lang"]])
    let path = encoded(addresses.path(of: iri) ?? request.path.text)
    let location = context.folder + path + (kept.text.isEmpty ? "" : "?" + kept.text)
    var response = WebResponse(303).with("Location", location)
    // Of the forms of the document the one without a type is the one that is chosen by what the client accepts.
    var links = "<\(context.folder + path)>; rel=\"describedby\""
    for form in DocumentForm.allCases {
      guard let ending = form.format?.ending else { continue }
      links += ", <\(context.folder + path + ending)>; rel=\"describedby\"; type=\"\(form.mediaType)\""
    }
    if request.host.isEmpty || !iri.hasPrefix("https://\(request.host)/") { links += ", <\(encoded(iri))>; rel=\"canonical\"" }
    response.set("Link", links + furtherLinks(iri, path, context))
    return response
  }

  /// The document about a thing, `/doc/…`, or one that names itself, `/dataset/NAME`.
  func document(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    let (iri, ending) = try await found(request)
    var asked = request
    if let ending { asked.query = asked.query.replacing(["format": ending.name]) }
    let form = try asked.documentForm(of: DocumentForm.allCases)
    let page = page(for: context.path)
    if page == .catalog, form != .html {
      return try await catalog(form, asked, context.folder + "/catalog", DocumentForm.allCases)
    }
    // The document of what has ended tells its history: it is no less there than any other.
    let life = page == .thing ? try await lifeCycle(of: iri) : nil
    var response: WebResponse
    if form == .html {
      guard let text = try await html(page, iri, life, context) else { throw try await unknown(request) }
      response = WebResponse(200, form.contentType, text: text)
      response.set("Content-Language", context.language.rawValue)
    } else {
      response = try await triples(of: page, iri, form)
    }
    let stem = encoded(ending.map { String(request.path.text.dropLast(($0.format?.ending ?? ".html").count)) } ?? request.path.text)
    var links = links(context.folder + stem, page == .catalog ? CatalogProfile.allCases : [])
    for successor in life?.successors ?? [] {
      if let path = addresses.path(of: successor) { links += ", <\(context.folder + encoded(path))>; rel=\"successor-version\"" }
    }
    response.set("Link", links)
    return response
  }

  /// The catalog as triples, by the profile that the client wants.
  private func catalog(
    _ form: DocumentForm, _ request: WebRequest, _ path: String, _ forms: [DocumentForm]
  ) async throws(Failure) -> WebResponse {
    guard let base = addresses.base else { throw try await unknown(request) }
    let profile = try request.catalogProfile()
    return try await answer(profile.query(of: base + "/catalog"), form)
      .with("Content-Profile", "<\(profile.iri)>")
      .with("Link", links(path, CatalogProfile.allCases, of: forms))
  }

  /// Which thing a request's path means, and the form that its ending asks for.
  private func found(_ request: WebRequest) async throws(Failure) -> (iri: String, ending: DocumentForm?) {
    func candidates(_ path: RequestPath) -> [String] {
      path.text.hasPrefix("/doc/") ? addresses.things(at: path) : addresses.documents(at: path)
    }
    if let iri = try await known(among: candidates(request.path)) { return (iri, nil) }
    if let (form, stem) = DocumentForm.ending(of: request.path.text), let path = try? RequestPath(stem) {
      if let iri = try await known(among: candidates(path)) { return (iri, form) }
    }
    if request.path.text == "/ns" || request.path.text == "/ns/" { return (KnownVocabulary.kg, nil) }
    throw try await unknown(request)
  }

  private func page(for path: String) -> Page {
    if path.hasPrefix("/dataset/") || path.hasPrefix("/register/") { return .dataset }
    if path == "/ns" || path == "/ns/" { return .terms }
    return path == "/catalog" || path.hasPrefix("/catalog.") ? .catalog : .thing
  }

  private func html(_ page: Page, _ iri: String, _ life: LifeCycle?, _ context: PageContext) async throws(Failure) -> String? {
    switch page {
    case .thing: return try await pages.thing(iri, context, ended: life)
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
      if let base = addresses.base, try await ask("ASK { GRAPH <\(base)/catalog> { <\(iri)> ?p ?o } }") {
        return try await answer(DocumentQueries.dataset(iri, catalog: base + "/catalog"), form)
      }
      let isGraph = try await ask(DocumentQueries.isGraph(iri))
      return try await answer(isGraph ? DocumentQueries.listing(of: iri) : DocumentQueries.description(of: iri), form)
    case .catalog, .terms: return try await answer(DocumentQueries.graph(iri), form)
    }
  }

  /// The whole catalog, as the national portal harvests it: RDF/XML unless another form is asked for.
  func catalogFile(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    if addresses.base == nil { throw try await unknown(request) }
    let forms = [DocumentForm.rdfxml, .turtle, .jsonld, .ntriples]
    return try await catalog(try request.documentForm(of: forms), request, context.folder + "/datasets/dcat", forms)
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
      guard DocumentQueries.isSafe(iri), try await isPublished(iri) else { continue }
      return try await answer(DocumentQueries.graph(iri), form)
        .with("Content-Disposition", "attachment; filename=\"\(stem)\(format.ending)\"")
    }
    throw try await unknown(request)
  }

  /// Whether there is a graph to be fetched: one that was built, though nothing may be in it, or one in which something is.
  private func isPublished(_ graph: String) async throws(Failure) -> Bool {
    let isBuilt = publication.site?.report().parts.contains { $0.part.graph == graph && $0.failure == nil } ?? false
    return isBuilt ? true : try await ask(DocumentQueries.isGraph(graph))
  }

  /// The answer to a query in a form of documents.
  func answer(_ text: String, _ form: DocumentForm) async throws(Failure) -> WebResponse {
    var query = QueryRequest(ByteString(text))
    query.budget = QueryBudget(time: .seconds(60))
    return try await endpoint.answer(query, NegotiatedFormats(form), publication.pages)
  }

  /// Whether the data speak of a thing.
  func isKnown(_ iri: String) async throws(Failure) -> Bool {
    DocumentQueries.isSafe(iri) ? try await ask(DocumentQueries.isKnown(iri)) : false
  }

  /// The first of some IRIs that the data speak of.
  private func known(among iris: [String]) async throws(Failure) -> String? {
    for iri in iris where try await isKnown(iri) { return iri }
    return nil
  }

  private func ask(_ text: String) async throws(Failure) -> Bool {
    var query = QueryRequest(ByteString(text))
    query.budget = publication.pageBudget
    return try await publication.pages.ask(query)
  }

  /// That nothing is at an address, with what comes nearest in the register that it names.
  func unknown(_ request: WebRequest) async throws(Failure) -> Failure {
    var arguments: [String: Words] = [:]
    let segments = request.path.segments
    // No key is as long as what is sent to see what happens, and nothing is near it.
    let isKey = segments.count > 1 && (segments[0] == "id" || segments[0] == "doc") && request.path.text.utf8.count <= 200
    if let base = addresses.base, isKey {
      let graph = "\(base)/register/\(segments[1])"
      let table = ResultTable(limit: 20_000)
      if DocumentQueries.isSafe(graph) {
        var query = QueryRequest(ByteString(DocumentQueries.keys(ofRegister: graph)))
        query.budget = publication.pageBudget
        // Where suggestions take too long there is none; that nothing is here is true all the same.
        do throws(Failure) { try await publication.pages.answer(query, to: table) } catch {}
      }
      let folder = "/\(segments[0])/"
      let paths = table.rows.compactMap { row -> String? in
        guard case .iri(let iri)?? = row.first else { return nil }
        return addresses.path(of: iri.text).map { folder + $0.dropFirst("/doc/".count) }
      }
      let near = nearest(to: request.path.text, among: paths, limit: 3)
      if !near.isEmpty { arguments["nearest"] = .text(near.joined(separator: ", ")) }
    }
    return Failure(.requestUnknown, value: request.path.decoded, arguments)
  }

  /// The forms and languages of a document, and the profiles of the forms for programs (DIGG's rules UM-4 and UM-5).
  /// - Parameter forms: those that there are; the first is the canonical one.
  func links(_ path: String, _ profiles: [CatalogProfile] = [], of forms: [DocumentForm] = DocumentForm.allCases) -> String {
    var kinds: [String] = []
    for form in forms {
      let type = "type=\"\(form.mediaType)\""
      if form == .html {
        kinds += publication.languages.map { type + "; hreflang=\"\($0.rawValue)\"" }
      } else {
        kinds += profiles.isEmpty ? [type] : profiles.map { type + "; profile=\"\($0.iri)\"" }
      }
    }
    return kinds.enumerated().map { number, kind in "<\(path)>; rel=\"\(number == 0 ? "canonical" : "alternate")\"; \(kind)" }
      .joined(separator: ", ")
  }

  /// An IRI or path as a header may have it: ASCII only.
  func encoded(_ text: String) -> String {
    var out = ByteBuffer()
    ByteString(text).withView { out.append(percentEncoding: $0, allowsReserved: true) }
    return out.view.text
  }
}
