package import Problems

extension ProblemCode {
  /// The status of an answer that says only this (contract §5).
  package var httpStatus: Int {
    switch self {
    case .querySyntax, .queryDepth, .queryForm, .requestMalformed, .requestPath, .requestHost, .requestParameter, .lookupParameter,
      .iriInvalid:
      400
    case .queryUpdate, .serviceForbidden: 403
    case .requestUnknown, .registerMissing: 404
    case .identifierEnded: 410
    case .requestMethod: 405
    case .requestUnacceptable, .formatUnsupported: 406
    case .requestBody: 413
    case .requestMediaType: 415
    case .queryUnsupported: 501
    case .serviceFailed: 502
    case .queryTimeout, .queryRows, .queryMemory, .queryBusy, .queryCancelled: 503
    default: 500
    }
  }
}
