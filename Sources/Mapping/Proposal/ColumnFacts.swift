import Bytes

/// What the sample of a table says of one column.
struct ColumnFacts {
  /// Its place in the table, from 0.
  let number: Int
  /// Its title; empty where it has none.
  let title: String
  /// Its different texts, without those that mean that there is no value, with how often each stands.
  var values: [(text: ByteString, count: Int)]
  /// How many cells have a value.
  var filled: Int
  /// How many cells are empty or hold a mark.
  var empty: Int
  /// The marks, such as `-` and `..`, that stand for no value in any column.
  let marks: [String]
  /// Whether a cell begins or ends with white space.
  let isSpaced: Bool

  init(_ sample: TableSample, _ number: Int) {
    self.number = number
    title = sample.titles[number].text
    isSpaced = sample.spaced.contains(number)
    var values: [(text: ByteString, count: Int)] = []
    var marks: [String] = []
    empty = 0
    for (text, count) in sample.counts(number) {
      let isMark = MissingMark.isSign(text.text)
      if isMark { marks.append(text.text) }
      if text.isEmpty || isMark { empty += count } else { values.append((text, count)) }
    }
    self.values = values
    self.marks = marks.sorted()
    filled = values.reduce(0) { $0 + $1.count }
  }

  /// The values as a dictionary.
  var cells: [ByteString: Int] { Dictionary(values.map { ($0.text, $0.count) }, uniquingKeysWith: +) }

  /// How many cells hold a value that a test holds of.
  func count(where isSo: (ByteString) -> Bool) -> Int { values.reduce(0) { $0 + (isSo($1.text) ? $1.count : 0) } }

  /// Whether a test holds of at least so many percent of the values; not where there are none.
  func share(_ percent: Int, where isSo: (ByteString) -> Bool) -> Bool { filled > 0 && count(where: isSo) * 100 >= filled * percent }

  /// Takes texts for marks of missing values.
  mutating func drop(_ texts: Set<String>) {
    let dropped = values.filter { texts.contains($0.text.text) }.reduce(0) { $0 + $1.count }
    values.removeAll { texts.contains($0.text.text) }
    filled -= dropped
    empty += dropped
  }
}
