extension Documents {
  /// What else is known of a thing that is sent on: another description of a member of a register, which is what looking it up says (DIGG's rule
  /// UM-8), and the thing's other identifier at the look-up service, which points back to its own (UM-9).
  func furtherLinks(_ iri: String, _ path: String, _ context: PageContext) -> String {
    guard let site = publication.site else { return "" }
    func link(_ fields: [String: String?]) -> String { context.folder + "/resolve?" + FormFields().replacing(fields).text }
    var links = ", <\(link(["iri": iri]))>; rel=\"alternate\""
    let segments = path.split(separator: "/")
    if segments.count > 2, site.registerNames.contains(String(segments[1])) {
      links += ", <\(link(["register": String(segments[1]), "q": iri]))>; rel=\"describedby\"; type=\"application/json\""
    }
    return links
  }
}
