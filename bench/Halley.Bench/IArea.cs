namespace Halley.Bench;

/// <summary>A group of figures; the first part of their ids is its name.</summary>
interface IArea
{
    string Name { get; }

    /// <summary>Measures; figures that can't be measured on this machine are left out and the reason is said on standard error.</summary>
    IEnumerable<Figure> Measure(BenchOptions options);

    /// <summary>PNG images of what was measured, saved beside it. Default: none.</summary>
    IEnumerable<(string Name, byte[] Image)> Charts(IReadOnlyList<Figure> figures) => [];

    /// <summary>Texts that tell what was measured, by their path below bench; written where the figures are saved. Default: none.</summary>
    IEnumerable<(string Path, string Text)> Documents => [];
}
