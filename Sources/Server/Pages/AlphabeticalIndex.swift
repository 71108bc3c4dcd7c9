extension Pages {
  /// From how many things on a list has letters to find them by.
  static let leastIndexed = 13
  /// How many things a page lists whole.
  static let mostIndexed = 2000

  /// Things from A to Ö by their names, with the letters to go to.
  /// - Parameter section: which index of the page it is, from 1.
  func index(_ iris: [String], _ names: Names, section: Int = 1, _ frame: PageFrame) -> Model {
    let order = SwedishOrder()
    var letters: [(letter: String, things: [Model])] = []
    for (name, iri) in alphabetic(iris, names) {
      let letter = order.letter(name.text)
      if letters.last?.letter != letter { letters.append((letter, [])) }
      var model = frame.link(iri, name)
      let code = Self.localName(iri)
      if code != name.text { model["code"] = ["text": code] as Model }
      letters[letters.count - 1].things.append(model)
    }
    return [
      "count": frame.number(iris.count),
      "letters": letters.enumerated().map { number, entry -> Model in
        ["letter": entry.letter, "anchor": "bokstav-\(section)-\(number + 1)", "things": entry.things]
      },
    ]
  }

  /// Things by their names.
  func alphabetic(_ iris: [String], _ names: Names) -> [(name: Label, iri: String)] {
    let order = SwedishOrder()
    return iris.map { (name: named($0, names), iri: $0) }.sorted {
      order.places($0.name.text, before: $1.name.text, else: $0.iri < $1.iri)
    }
  }

  /// What a thing is called, or else the last part of its IRI.
  func named(_ iri: String, _ names: Names) -> Label {
    names.label(of: iri) ?? Label(text: Self.localName(iri), language: nil)
  }
}
