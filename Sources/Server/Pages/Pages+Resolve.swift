import Bytes
import Identifiers
import Problems
import RDF
import Site

extension Pages {
  /// The page on which a person looks a code or name up.
  /// - Parameters:
  ///   - text: what was asked; nil for the empty form.
  ///   - answers: what the registers answer.
  ///   - registers: those that can be asked.
  func lookup(
    _ question: LookupQuestion, _ text: String?, _ answers: [LookupAnswer], _ registers: [PublishedRegister], _ context: PageContext
  ) -> String {
    let frame = PageFrame(self, context)
    var form: Model = [
      "action": context.folder + "/resolve", "text": text ?? "", "date": question.day?.text ?? "",
      "registers": registers.map { register -> Model in
        ["value": register.name, "text": register.title[context.language], "chosen": register.name == question.register]
      },
    ]
    if context.isLanguageChosen { form["language"] = ["code": context.language.rawValue] as Model }
    var model: Model = ["lookup": form]
    model["answers"] = answers.map { answer($0, frame) }
    if let text {
      if answers.isEmpty { model["nowhere"] = true }
      let parameters = ["register": question.register, "q": text, "date": question.day?.text, "format": "json"]
      model["json"] = ["href": context.folder + "/resolve?" + FormFields().replacing(parameters).text] as Model
    }
    let title = frame.words.word("resolve-title")
    return frame.render("resolve", title: title, crumbs: [.init(text: title)], model)
  }

  /// What a register answers, for people.
  private func answer(_ answer: LookupAnswer, _ frame: PageFrame) -> Model {
    let language = frame.context.language
    var model: Model = [
      "register": answer.entry.published.title[language], "status": frame.words.word(answer.resolution.status.word),
    ]
    if let key = answer.key {
      model["found"] = ["thing": thing(key, answer.member?.names.first, answer, frame)] as Model
      model["identifier"] = frame.identifier(answer.iri(of: key))
      if let ground = answer.resolution.ground { model["ground"] = ["text": frame.words.word(ground.word)] as Model }
    }
    if let problem = answer.problem { model["problem"] = ["text": problem.paragraph(in: language)] as Model }
    func list(_ word: String, _ things: [Model]) -> Model { ["heading": frame.words.word(word), "things": things] }
    if !answer.successors.isEmpty {
      let things = answer.successors.map { thing($0.key, $0.names.first, answer, frame) }
      model["list"] = list(things.count == 1 ? "successor" : "successors", things)
    } else if !answer.candidates.isEmpty {
      model["list"] = list("resolve-candidates", answer.candidates.map { thing($0.member.key, $0.member.names.first, answer, frame) })
    }
    return model
  }

  private func thing(_ key: ByteString, _ name: ByteString?, _ answer: LookupAnswer, _ frame: PageFrame) -> Model {
    let text = name.map { "\($0.text) (\(key.text))" } ?? key.text
    return frame.link(answer.iri(of: key), Label(text: text, language: nil))
  }

  /// A small page about a thing of a register, to be shown within another (Reconciliation Service API 0.2, §5); nil for what is none.
  func preview(_ iri: String, _ types: [ReconciliationType], _ context: PageContext) -> String? {
    let text = ByteString(iri)
    let today = SwedishTime.date(at: .now)
    for type in types {
      let answer = LookupAnswer(text, in: type.entry, keysOnly: true, asOf: nil, today: today, limit: 0)
      guard let key = answer.key, answer.iri == iri else { continue }
      let frame = PageFrame(self, context)
      var model: Model = self.answer(answer, frame)
      model["w"] = frame.words
      model["language"] = context.language.rawValue
      model["stylesheet"] = context.folder + Self.stylesheetPath()
      model["title"] = (answer.member?.names.first ?? key).text
      model["key"] = key.text
      return PageTemplates.render("preview", model)
    }
    return nil
  }
}

extension PageWords {
  /// That something was so until a day.
  func until(_ day: CivilDate) -> String { text("resolve-until", ["day": day.text]) }
}

extension Register.Resolution.Status {
  /// The word of pages for it.
  fileprivate var word: String {
    switch self {
    case .found: "resolve-found"
    case .retired: "resolve-retired"
    case .replaced: "resolve-replaced"
    case .merged: "resolve-merged"
    case .split: "resolve-split"
    case .ambiguous: "resolve-ambiguous"
    case .notValid: "resolve-not-valid"
    case .unknown: "resolve-unknown"
    case .refused: "resolve-refused"
    }
  }
}

extension Register.Ground {
  /// The words of pages for it.
  fileprivate var word: String {
    switch self {
    case .key: "resolve-by-key"
    case .name: "resolve-by-name"
    case .form: "resolve-by-form"
    case .letters: "resolve-by-letters"
    case .slip: "resolve-by-slip"
    }
  }
}
