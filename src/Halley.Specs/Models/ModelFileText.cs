using Halley.Data;
using Halley.Glm;
using Halley.Models;

namespace Halley.Specs;

/// <summary>A model file's text with other terms; comments and all other keys stay as they are.</summary>
public static class ModelFileText
{
    /// <summary>The text under another name, with other terms.</summary>
    /// <param name="place">What messages call the file.</param>
    /// <exception cref="HalleyException">HLY3520: the file has no block <c>terms:</c> that can be replaced; or the result is no sound spec.</exception>
    public static string WithTerms(string yaml, string place, string name, IReadOnlyList<Term> terms)
    {
        var lines = yaml.Split('\n').ToList();
        var start = lines.FindIndex(line => line.StartsWith("terms:", StringComparison.Ordinal));
        var model = lines.FindIndex(line => line.StartsWith("model:", StringComparison.Ordinal));
        if (start < 0 || model < 0)
            throw Irreplaceable(place);
        lines[model] = $"model: {TermText.Quoted(name)}";
        var end = start + 1;
        while (end < lines.Count && IsWithin(lines[end]))
            end++;
        // Blank lines and comments behind the block belong to what follows.
        while (end > start + 1 && (lines[end - 1].Trim().Length == 0 || lines[end - 1][0] == '#'))
            end--;
        lines.RemoveRange(start, end - start);
        lines.InsertRange(start, terms.Select(term => $"  - {TermText.Of(term)}").Prepend("terms:"));
        var text = string.Join('\n', lines);
        var read = SpecFiles.Model.Parse(text, place).Spec.Learner as GlmLearner;
        return read is not null && read.Terms.Select(TermText.Of).SequenceEqual(terms.Select(TermText.Of))
            ? text
            : throw Irreplaceable(place);
    }

    static bool IsWithin(string line) => line.Trim().Length == 0 || line[0] is ' ' or '\t' or '-' or '#';

    static HalleyException Irreplaceable(string place) =>
        new(
            "HLY3520",
            $"'{place}' has no block of terms that can be replaced. Write 'terms:' at the start of a line and each term on a line of its own that begins with '- '."
        );
}
