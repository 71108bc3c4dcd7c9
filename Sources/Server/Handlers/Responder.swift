import Bytes
import Problems

/// Answers requests: finds the handler of a path, and gives every answer the headers that all have (contract §5).
package struct Responder: Sendable {
  private let publication: Publication
  private let pages: Pages

  /// A responder for a publication.
  package init(_ publication: Publication) {
    self.publication = publication
    pages = Pages(publication)
  }

  /// The state of the data that answers are made of now; nil where the source can't say.
  package var state: DataState? { publication.state }

  /// The answer to a request. It never fails: what goes wrong is an answer too.
  package func respond(to request: WebRequest) async -> WebResponse {
    let (inner, context) = located(request)
    let state = publication.state
    let tags = StateTags(request, inner.path, state)
    var response: WebResponse
    if let tags, tags.isKnown {
      response = WebResponse(200).with("ETag", tags.tag)
    } else {
      do throws(Failure) {
        response = try await route(inner, context)
        // What was asked for while the data changed may be made of both states.
        if let state, inner.isAboutThings(response), publication.state == state { response.state = state }
      } catch {
        response = ProblemAnswer(error).response(to: inner, pages, context)
      }
    }
    complete(&response, for: request, inner.path, tags)
    return response
  }

  /// The answer to what could not be read as a request.
  package func respond(to fault: RequestFault, _ target: String) -> WebResponse {
    refuse(fault == .host ? Failure(.requestHost) : Failure(.requestPath, value: target))
  }

  /// The answer to whoever asks for nothing that is known.
  func refuse(_ failure: Failure) -> WebResponse {
    let context = PageContext(
      language: publication.languages.first ?? .sv, isLanguageChosen: false, folder: "", path: "/", query: FormFields(),
      addresses: publication.addresses)
    guard let blank = try? WebRequest("GET", "/") else { return WebResponse(400) }
    var response = ProblemAnswer(failure).response(to: blank, pages, context)
    complete(&response, for: blank)
    return response
  }

  /// The answer to a request whose body is longer than it may be.
  package func respond(toLongBody request: WebRequest) -> WebResponse {
    let (inner, context) = located(request)
    var response = ProblemAnswer(Failure(.requestBody, ["limit": .text("\(bodyLimit(for: request))")])).response(to: inner, pages, context)
    response.set("Connection", "close")
    complete(&response, for: request)
    return response
  }

  /// The request as handlers see it, its path below the site's folder, and what its pages are made with.
  private func located(_ request: WebRequest) -> (WebRequest, PageContext) {
    var inner = request
    var folder = ""
    let own = publication.addresses.folder
    if !own.isEmpty, let path = request.path.below(own) {
      folder = own
      inner.path = path
    }
    let (language, isChosen) = request.language(of: publication.languages)
    let context = PageContext(
      language: language, isLanguageChosen: isChosen, folder: folder, path: inner.path.text, query: request.query,
      addresses: publication.addresses)
    return (inner, context)
  }

  private func route(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    let path = request.path.text
    let allowed = Self.posted.contains(path) ? "GET, HEAD, POST, OPTIONS" : "GET, HEAD, OPTIONS"
    switch request.method {
    case .options: return preflight(allowed)
    case .post where Self.posted.contains(path), .get, .head: break
    case .post, nil: throw Failure(.requestMethod, value: request.method?.rawValue ?? request.methodName, ["choices": .text(allowed)])
    }
    let endpoint = QueryEndpoint(publication, pages)
    let documents = Documents(publication, pages, endpoint)
    if let iri = publication.addresses.thing(atHost: request.host, request.path),
      let answer = try await documents.foreignThing(iri, request, context)
    {
      return answer
    }
    switch path {
    case "/": return .page(try await pages.home(context), context)
    case "/sparql": return try await endpoint.response(to: request, context)
    case "/graph-store": return try await GraphStore(publication, endpoint).response(to: request)
    case "/resolve": return try await Lookups(publication, pages, documents).response(to: request, context)
    case "/datasets/dcat": return try await documents.catalogFile(request, context)
    case "/psidata": return try await documents.publicList(request, context)
    case "/status": return try await StatusAnswer(publication, pages).response(to: request, context)
    case "/health", "/ready": return WebResponse(200, "text/plain; charset=utf-8", text: "ok\n").with("Cache-Control", "no-store")
    case "/robots.txt": return WebResponse(200, "text/plain; charset=utf-8", text: "User-agent: *\nDisallow: \(context.folder)/sparql\n")
    case "/assets/style.css":
      return WebResponse(200, "text/css; charset=utf-8", Pages.stylesheet).with("Cache-Control", "public, max-age=31536000, immutable")
    default: break
    }
    switch request.path.segments.first {
    case "id": return try await documents.thing(request, context)
    case "reconcile": return try await Reconciliation(publication, pages).response(to: request, context)
    case "download": return try await documents.download(request)
    case "spec": return try await documents.specification(request, context)
    default: return try await documents.document(request, context)
    }
  }

  /// The paths that take more than an address can hold.
  private static let posted: Set<String> = ["/sparql", "/resolve", "/reconcile"]

  /// How long the body of a request may be, in bytes.
  package func bodyLimit(for request: WebRequest) -> Int {
    located(request).0.path.text == "/resolve" ? publication.lookupLimit : publication.bodyLimit
  }

  /// The answer to a browser that asks what it may send from another site (Fetch, CORS-preflight).
  private func preflight(_ allowed: String) -> WebResponse {
    WebResponse(204).with("Allow", allowed).with("Access-Control-Allow-Methods", allowed)
      .with("Access-Control-Allow-Headers", "Accept, Accept-Language, Accept-Profile, Content-Type, If-None-Match").with(
        "Access-Control-Max-Age", "86400")
  }

  /// Headers that all answers have, and 304 where the client has the same already (RFC 9110 §13.1.2).
  private func complete(_ response: inout WebResponse, for request: WebRequest, _ path: RequestPath? = nil, _ tags: StateTags? = nil) {
    response.set("Access-Control-Allow-Origin", "*")
    response.set("Access-Control-Expose-Headers", "Link, ETag, Location, Retry-After, Content-Language, Content-Profile, Sunset")
    response.set("X-Content-Type-Options", "nosniff")
    if response.header("Content-Type")?.hasPrefix("text/html") == true {
      response.set(
        "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'")
      response.set("Referrer-Policy", "no-referrer")
    }
    response.set("Vary", "Accept, Accept-Language" + (path?.isCatalog == true ? ", Accept-Profile" : ""))
    if response.header("Cache-Control") == nil { response.set("Cache-Control", "no-cache") }
    guard response.status == 200, request.method == .get || request.method == .head else { return }
    if let tag = tag(of: response, tags) {
      response.set("ETag", tag)
      if EntityTags(request.headers["if-none-match"]).contains(tag) {
        if case .stream(let pipe) = response.body { pipe.abandon() }
        response.status = 304
        response.body = .none
        response.state = nil
      }
    }
  }

  /// The entity tag of an answer: by its bytes, or, where they are sent before all are known, by what they are made of.
  private func tag(of response: WebResponse, _ tags: StateTags?) -> String? {
    switch response.body {
    case .bytes(let bytes): return EntityTags.tag(of: ByteString(bytes))
    case .stream: return tags.flatMap { $0.state == publication.state ? $0.tag : nil }
    case .none: return response.header("ETag")
    }
  }
}
