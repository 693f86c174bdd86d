namespace Halley.Registry;

static class DriftLines
{
    /// <summary>Adds a line where there is one.</summary>
    internal static void AddIfAny(this List<DriftLine> lines, DriftLine? line)
    {
        if (line is not null)
            lines.Add(line);
    }
}
