/// How many insertions, deletions, replacements and swaps of neighbours turn one text into the other (optimal string alignment).
package func editDistance(_ left: String, _ right: String) -> Int {
  let a = Array(left.unicodeScalars.prefix(200))
  let b = Array(right.unicodeScalars.prefix(200))
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var before: [Int] = []
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    for j in 1...b.count {
      var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
      row.append(cost)
    }
    before = last
    last = row
  }
  return last[b.count]
}

/// The choice that comes nearest to a misspelt word, or nil where none is near: at most a third of its letters differ.
package func nearest(to word: String, among choices: some Sequence<String>) -> String? {
  nearest(to: word, among: choices, limit: 1).first
}

/// The choices that come nearest to a misspelt word, at most so many, the nearest first and of equals the first.
package func nearest(to word: String, among choices: some Sequence<String>, limit: Int) -> [String] {
  let folded = word.lowercased()
  let bound = max(2, word.count / 3)
  var ranked: [(choice: String, distance: Int)] = []
  for choice in choices {
    let distance = editDistance(choice.lowercased(), folded)
    if distance > bound { continue }
    let place = ranked.firstIndex { $0.distance > distance } ?? ranked.count
    ranked.insert((choice, distance), at: place)
    if ranked.count > limit { ranked.removeLast() }
  }
  return ranked.map(\.choice)
}
