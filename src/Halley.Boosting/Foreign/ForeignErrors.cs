using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Halley.Data;

namespace Halley.Boosting;

/// <summary>What the readers of other libraries' files refuse: HLY2220 what is malformed, HLY2221 what can't be carried, HLY2222 what must be told.</summary>
static class ForeignErrors
{
    /// <summary>The file breaks its own format.</summary>
    [DoesNotReturn]
    internal static void Malformed(string place, FormattableString problem) => throw MalformedAt(place, problem);

    internal static HalleyException MalformedAt(string place, FormattableString problem, Exception? inner = null) =>
        new(
            "HLY2220",
            $"model file, {place}: {problem.ToString(CultureInfo.InvariantCulture)} "
                + "The file is damaged or was changed by hand: save the model again with the library that fitted it.",
            inner: inner
        );

    /// <summary>The file may be sound, but holds what can't be scored here.</summary>
    internal static HalleyException Unsupported(string place, FormattableString problem, string remedy) =>
        new("HLY2221", $"model file, {place}: {problem.ToString(CultureInfo.InvariantCulture)} {remedy}");

    /// <summary>The file leaves out what the caller must tell.</summary>
    internal static HalleyException Untold(FormattableString problem, string remedy) =>
        new("HLY2222", $"model file: {problem.ToString(CultureInfo.InvariantCulture)} {remedy}");
}
