using System.Globalization;

namespace Halley.Boosting;

/// <summary>A value of a JSON or UBJSON document, which is not trusted: asking for what is not there is refused with its place.</summary>
/// <param name="path">Where it stands, for messages.</param>
sealed class DocumentNode(string path)
{
    internal Dictionary<string, DocumentNode>? Members { get; init; }

    internal IReadOnlyList<DocumentNode>? Items { get; init; }

    /// <summary>An array of numbers only.</summary>
    internal double[]? NumberItems { get; init; }

    internal string? TextValue { get; init; }

    internal double? NumberValue { get; init; }

    internal string Path { get; } = path;

    /// <summary>A member that must be there.</summary>
    internal DocumentNode this[string name] => Find(name) ?? throw ForeignErrors.MalformedAt(Path, $"there is no '{name}'.");

    internal DocumentNode? Find(string name) => AsMembers().GetValueOrDefault(name);

    internal IReadOnlyList<DocumentNode> List() =>
        Items
        ?? NumberItems?.Select((value, i) => new DocumentNode($"{Path}[{i}]") { NumberValue = value }).ToList()
        ?? throw Wrong("a list");

    internal double[] Numbers()
    {
        if (NumberItems is not null || Items is null)
            return NumberItems ?? throw Wrong("a list of numbers");
        var numbers = new double[Items.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Items[i].TextValue == JsonDocumentReader.NotANumber ? double.NaN : Items[i].Number();
        return numbers;
    }

    /// <summary>A list of whole numbers that fit 32 bits.</summary>
    internal int[] Whole()
    {
        var numbers = Numbers();
        var whole = new int[numbers.Length];
        for (var i = 0; i < whole.Length; i++)
            whole[i] = ToWhole(numbers[i], $"{Path}[{i}]");
        return whole;
    }

    internal string Text() => TextValue ?? throw Wrong("a text");

    internal IReadOnlyList<string> Texts() => [.. List().Select(item => item.Text())];

    internal double Number() => NumberValue ?? throw Wrong("a number");

    internal int Integer() => ToWhole(Number(), Path);

    /// <summary>A whole number that may be written as text.</summary>
    internal int IntegerText() =>
        TextValue is null ? Integer()
        : int.TryParse(TextValue, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw ForeignErrors.MalformedAt(Path, $"'{Shortened(TextValue)}' is not a whole number of 32 bits.");

    internal Dictionary<string, DocumentNode> AsMembers() => Members ?? throw Wrong("an object");

    internal static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    Exception Wrong(string wanted)
    {
        var kind =
            Members is not null ? "an object"
            : Items is not null || NumberItems is not null ? "a list"
            : TextValue is not null ? $"the text '{Shortened(TextValue)}'"
            : NumberValue is { } number ? number.ToString("R", CultureInfo.InvariantCulture)
            : "null";
        return ForeignErrors.MalformedAt(Path, $"it is {kind}, not {wanted}.");
    }

    static int ToWhole(double value, string path) =>
        value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw ForeignErrors.MalformedAt(path, $"{value} is not a whole number of 32 bits.");
}
