using System.Globalization;
using Halley.Data;

namespace Halley.Specs;

/// <summary>Collects what is wrong with one file, so that a user sees everything at once.</summary>
sealed class SpecProblems(string file)
{
    // More would scroll the first, usually the cause of the others, off the screen.
    const int Shown = 20;

    readonly List<(int Line, string Text)> problems = [];

    public int Count => problems.Count;

    public bool Any => problems.Count > 0;

    /// <summary>Adds a problem: what is wrong at this place, and what to do.</summary>
    public void Add(SpecNode place, string text) => Add(place.Line, place.Column, text);

    public void Add(int line, int column, string text) =>
        problems.Add((line, string.Create(CultureInfo.InvariantCulture, $"{file}:{line}:{column}: {text}")));

    /// <exception cref="HalleyException">HLY3501: the file has problems; each is named with line and column.</exception>
    public void ThrowIfAny()
    {
        if (!Any)
            return;
        var lines = problems.OrderBy(problem => problem.Line).Select(problem => problem.Text).ToArray();
        var more = lines.Length > Shown ? $"\n… and {lines.Length - Shown} more" : "";
        throw new HalleyException("HLY3501", string.Join('\n', lines.Take(Shown)) + more);
    }
}
