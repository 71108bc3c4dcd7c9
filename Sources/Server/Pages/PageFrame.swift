import Problems
import RDFSyntax
import Site

/// What stands around every page: the head, the way here, the languages.
struct PageFrame {
  /// A step of the way from the first page to this one.
  struct Crumb {
    /// What it is called.
    let text: String
    /// Where it is; nil for this page.
    var href: String?
  }

  /// The pages.
  let pages: Pages
  /// What the page is made with.
  let context: PageContext
  /// The words of the page.
  let words: PageWords

  init(_ pages: Pages, _ context: PageContext) {
    self.pages = pages
    self.context = context
    words = PageWords(language: context.language)
  }

  /// The name of the site.
  var siteTitle: String { pages.publication.site?.file.title[context.language] ?? words.word("site-untitled") }

  /// A whole page.
  /// - Parameters:
  ///   - title: the heading.
  ///   - crumbs: the way here, without the first page.
  ///   - section: the path of the entry of the menu that it belongs to.
  func render(_ template: String, title: String, crumbs: [Crumb], section: String? = nil, _ model: Model) -> String {
    var all = model
    all["w"] = words
    all["language"] = context.language.rawValue
    all["title"] = title
    all["siteTitle"] = siteTitle
    all["isHome"] = crumbs.isEmpty
    all["stylesheet"] = context.folder + Pages.stylesheetPath()
    all["home"] = context.link(to: "/")
    all["menu"] = menu(section)
    all["languages"] = languages
    all["crumbs"] = crumbs.map { crumb -> Model in
      var model: Model = ["text": crumb.text]
      if let href = crumb.href { model["step"] = ["href": href] as Model }
      return model
    }
    all["footer"] = footer
    return PageTemplates.render(template, all)
  }

  private func menu(_ section: String?) -> [Model] {
    var entries = [("/", "menu-data"), ("/catalog", "menu-catalog"), ("/sparql", "menu-query"), ("/ns/", "menu-terms")]
    if pages.publication.site == nil { entries = [("/", "menu-data"), ("/sparql", "menu-query")] }
    return entries.map { path, word in
      ["href": context.link(to: path), "text": words.word(word), "current": path == section]
    }
  }

  private var languages: [Model] {
    let offered = pages.publication.site?.file.languages ?? []
    let all = offered.isEmpty ? Language.allCases : offered
    if all.count < 2 { return [] }
    return all.map { language in
      [
        "href": context.link(inLanguage: language), "code": language.rawValue,
        "text": PageWords(language: language).word("language-name"), "current": language == context.language,
      ]
    }
  }

  private var footer: Model {
    var model: Model = [:]
    model["publisher"] = publisher
    if let contact = pages.publication.site?.file.contact {
      model["contact"] = ["name": contact.name, "href": "mailto:" + contact.email] as Model
    }
    return model
  }

  /// Who publishes the site, linked to their home page where they have one; nil without a site.
  var publisher: Model? {
    guard let publisher = pages.publication.site?.file.publisher else { return nil }
    let name = publisher.name[context.language]
    guard let href = publisher.homepage.flatMap(Self.safe) else { return ["plain": ["text": name] as Model] }
    return ["link": ["text": name, "href": href, "title": href, "away": true] as Model]
  }

  /// The address as it is, where a browser may follow it: data must not make a page run what they say.
  static func safe(_ iri: String) -> String? {
    guard let colon = iri.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return ["http", "https", "mailto", "tel"].contains(iri[..<colon].lowercased()) ? iri : nil
  }

  /// Where to read about a thing: a page here for our own things, the IRI itself for others; nil for one that is no link.
  func href(_ iri: String) -> String? { isOurs(iri) ? context.link(toIRI: iri) : Self.safe(iri) }

  /// Whether this server has a page of the thing.
  func isOurs(_ iri: String) -> Bool { context.addresses.path(of: iri) != nil }

  /// A number as the page's readers write it.
  func number(_ number: Int) -> String { ValueText.grouped("\(number)", context.language) }

  /// A label, with its language where that is not the page's.
  func text(_ label: Label) -> Model {
    var model: Model = ["text": label.text]
    if let language = label.language, language != context.language.rawValue { model["lang"] = language }
    return model
  }

  /// A thing by its name, linked where it has a page or is one.
  func link(_ iri: String, _ names: Names) -> Model { link(iri, names.name(of: iri)) }

  /// A thing whose name is known.
  func link(_ iri: String, _ label: Label) -> Model {
    guard let href = href(iri) else { return ["plain": text(label)] }
    var model = text(label)
    model["href"] = href
    model["title"] = pages.shortened(iri)
    model["away"] = !isOurs(iri)
    return ["link": model]
  }

  /// The way to other parts of a long list; nil where it has only one.
  /// - Parameters:
  ///   - page: the part that is shown, from 1.
  ///   - parameters: what the address has besides.
  func pager(_ page: Int, size: Int, total: Int, _ parameters: [String: String]) -> Model? {
    let last = (total + size - 1) / size
    if last < 2 { return nil }
    func href(_ page: Int) -> String { context.link(to: context.path, parameters.fields.replacing(["page": "\(page)"])) }
    var model: Model = [
      "text": words.text("page-of", ["page": number(page), "pages": number(last), "total": number(total)])
    ]
    if page > 1 { model["previous"] = ["href": href(page - 1)] as Model }
    if page < last { model["next"] = ["href": href(page + 1)] as Model }
    return model
  }

  /// The way to all of a list of which only the beginning is shown.
  /// - Parameter parameters: what the address of the whole list has.
  func showAll(_ count: Int, _ parameters: [String: String]) -> Model {
    ["href": context.link(to: context.path, parameters.fields), "text": words.text("show-all", ["count": number(count)])]
  }

  /// The part of a long list that the address asks for, from 1.
  var page: Int { min(max(context.query["page"].flatMap { Int($0) } ?? 1, 1), 1_000_000) }

  /// An IRI in parts, between which a browser may break the line.
  func identifier(_ iri: String) -> Model {
    var parts: [String] = []
    var part = ""
    for scalar in iri.unicodeScalars {
      part.unicodeScalars.append(scalar)
      if "/#:?&=".unicodeScalars.contains(scalar) {
        parts.append(part)
        part = ""
      }
    }
    return ["parts": part.isEmpty ? parts : parts + [part]]
  }

  /// The same thing in the formats for programs, by its own path.
  func formats(_ path: String) -> [Model] {
    DocumentForm.allCases.compactMap(\.format).map { ["text": $0.title, "href": context.folder + path + "?format=" + $0.name] }
  }
}
