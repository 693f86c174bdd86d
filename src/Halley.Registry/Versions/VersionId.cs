using System.Globalization;
using System.Text.Json.Serialization;
using Halley.Data;

namespace Halley.Registry;

/// <summary>An immutable version of a model or a release of a decision, written <c>name@3</c>.</summary>
[JsonConverter(typeof(VersionIdConverter))]
public readonly record struct VersionId(string Name, int Version)
{
    /// <exception cref="HalleyException">HLY5107: not of the form <c>name@3</c>.</exception>
    public static VersionId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new HalleyException("HLY5107", $"'{text}' names no version. Write name@number, for example motor-quote@3.");

    public static bool TryParse(string text, out VersionId id)
    {
        id = default;
        var at = text.LastIndexOf('@');
        if (at < 1 || !RegistryName.IsValid(text.AsSpan(0, at)))
            return false;
        if (!int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1)
            return false;
        id = new(text[..at], version);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}@{Version}");
}
