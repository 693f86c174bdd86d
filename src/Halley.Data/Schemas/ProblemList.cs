using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Halley.Data;

/// <summary>What is wrong with a file or table: told all at once in order of place, the first few of each sort, the rest counted.</summary>
/// <param name="most">Problems told in the message; the rest is counted.</param>
sealed class ProblemList(string place, int most)
{
    const int ShownOfASort = 3;
    const int ValueShown = 64;

    readonly Dictionary<(string Code, string Column), int> counts = [];
    readonly List<(string Code, long Position, string Text)> shown = [];

    public int Total { get; private set; }

    /// <summary>A value that its field does not allow.</summary>
    /// <param name="position">Line or row, from 1, for the order of the message.</param>
    /// <param name="at">The position in words: <c>line 3</c>.</param>
    public void AddValue(FieldProblemKind kind, Field field, string? value, long position, string at) =>
        Add(
            ValueCodes.Of(kind),
            field.Name,
            position,
            () =>
                $"{at}, column '{field.Name}': "
                + (kind == FieldProblemKind.Missing ? "" : $"'{Cut(value!)}' ")
                + $"{FieldWording.Problem(kind)}; expected {FieldWording.Expected(field)}. {ValueCodes.Remedy(kind)}"
        );

    /// <summary>Any problem; the text is made only where it will be shown.</summary>
    /// <param name="column">Name of the column, or empty: with the code it makes a sort of problem.</param>
    public void Add(string code, string column, long position, Func<string> text)
    {
        Total++;
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (code, column), out _);
        if (++count <= ShownOfASort && shown.Count < most)
            shown.Add((code, position, text()));
    }

    /// <exception cref="HalleyException">There was a problem; the code is that of the first.</exception>
    public void ThrowIfAny()
    {
        if (Total == 0)
            return;
        if (Total == 1)
            throw new HalleyException(shown[0].Code, $"{place}: {shown[0].Text}");
        var message = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{place} has {Total} problems:");
        var ordered = shown.OrderBy(problem => problem.Position).ToList();
        foreach (var (code, _, text) in ordered)
            message.Append(CultureInfo.InvariantCulture, $"\n  {code} {text}");
        if (Total > shown.Count)
            message.Append(CultureInfo.InvariantCulture, $"\n  and {Total - shown.Count} more like these.");
        throw new HalleyException(ordered[0].Code, message.ToString());
    }

    /// <summary>A value short enough for a message.</summary>
    public static string Cut(string text) => text.Length <= ValueShown ? text : text[..ValueShown] + "…";
}
