import Problems
import RDF

extension Pages {
  /// The page that is shown at the identifier of a thing that has ended: when, why, and what goes on in its place.
  func ended(_ life: LifeCycle, _ context: PageContext) async throws(Failure) -> String {
    let frame = PageFrame(self, context)
    let names = try await names(of: Set([life.iri] + life.successors), context.language)
    let heading = names.label(of: life.iri) ?? Label(text: Self.localName(life.iri), language: nil)
    var model = notice(life, names, frame)
    model["heading"] = frame.text(heading)
    model["status"] = frame.words.word(life.ending.word)
    model["identifier"] = frame.identifier(life.iri)
    let document = publication.addresses.path(of: life.iri) ?? context.path
    model["formats"] = frame.formats(document)
    model["history"] = context.link(to: document)
    return frame.render("ended", title: heading.text, crumbs: [.init(text: heading.text)], model)
  }

  /// What a page says of a thing's end.
  func notice(_ life: LifeCycle, _ names: Names, _ frame: PageFrame) -> Model {
    var model: Model = [:]
    model["when"] = life.day.map { frame.words.text("ended-since", ["day": $0.text]) } ?? frame.words.word("ended")
    model["reasons"] = life.reasons.compactMap { reason in
      reason.lexical.map { frame.text(Label(text: $0, language: reason.language)) }
    }
    if !life.successors.isEmpty {
      let word = life.successors.count == 1 ? "successor" : "successors"
      model["successors"] = ["heading": frame.words.word(word), "links": life.successors.map { frame.link($0, names) }] as Model
    }
    return model
  }
}

extension LifeCycle.Ending {
  /// The word of pages for it.
  var word: String {
    switch self {
    case .retired: "ended-retired"
    case .replaced: "ended-replaced"
    case .divided: "ended-divided"
    }
  }
}
