namespace Halley.Client;

/// <summary>The server did not do what it was asked to.</summary>
/// <param name="message">What, which value, and what to do.</param>
public class HalleyClientException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code, for example <c>HLY6004</c>; null where what answered was no Halley server.</summary>
    public string? Code { get; init; }

    /// <summary>Status of the answer; null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Id under which the server's log knows the request; null where it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Remedy { get; init; }

    /// <summary>Every wrong field; empty where no field is to blame.</summary>
    public IReadOnlyList<WrongField> Fields { get; init; } = [];
}

/// <summary>One wrong field of a request.</summary>
/// <param name="Field">Its name or place, for example <c>outcomes[3].value</c>.</param>
/// <param name="Value">What was sent; null where nothing was.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Expected">What to send instead.</param>
public sealed record WrongField(string Field, string? Value, string Problem, string Expected);

/// <summary>The request is wrong: <see cref="HalleyClientException.Fields"/> name every mistake. Nothing was decided.</summary>
public sealed class RequestRefusedException(string message) : HalleyClientException(message);

/// <summary>No decision of this name is live. Nothing was decided.</summary>
public sealed class DecisionNotLiveException(string message) : HalleyClientException(message);

/// <summary>The key was used before, for another request. Nothing was decided.</summary>
public sealed class KeyReusedException(string message) : HalleyClientException(message);

/// <summary>The caller is unknown, or may not do this. Nothing was decided.</summary>
public sealed class AccessRefusedException(string message) : HalleyClientException(message);

/// <summary>No attempt got an answer. Whether the last was logged is not known: the same request with <see cref="Key"/> tells.</summary>
public sealed class HalleyUnavailableException(string message, Exception? inner) : HalleyClientException(message, inner)
{
    /// <summary>Key of all attempts; empty for outcomes, which their own ids keep from counting twice.</summary>
    public string Key { get; init; } = "";

    /// <summary>How often the server was asked.</summary>
    public int Attempts { get; init; }
}
