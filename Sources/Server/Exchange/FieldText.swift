extension Substring {
  /// Without the spaces and tabs at either end that no part of a header field counts (OWS, RFC 9110 §5.6.3).
  var withoutPadding: Substring {
    var part = self.drop { $0 == " " || $0 == "\t" }
    while part.last == " " || part.last == "\t" { part = part.dropLast() }
    return part
  }
}
