using System.Text.RegularExpressions;

namespace Halley.Glm.Tests;

/// <summary>Coefficient names as R would have them, so that tables can be compared by name.</summary>
static partial class RNames
{
    static readonly Dictionary<string, string> Bands = new(StringComparer.Ordinal)
    {
        ["VehAgeGLM[6,13)"] = "6-12",
        ["VehAgeGLM>=13"] = "12+|13+",
        ["DrivAgeGLM<21"] = "18-20",
        ["DrivAgeGLM[21,26)"] = "21-25",
        ["DrivAgeGLM[26,31)"] = "26-30",
        ["DrivAgeGLM[41,51)"] = "41-50",
        ["DrivAgeGLM[51,71)"] = "51-70",
        ["DrivAgeGLM>=71"] = "71+",
        ["VehAgeBand[2,5)"] = "2-4",
        ["VehAgeBand>=5"] = "5-99",
    };

    /// <summary>Names that R may use for ours; the parts of an interaction in alphabetical order.</summary>
    internal static IEnumerable<string> Of(GlmCoefficient coefficient)
    {
        var parts =
            coefficient.Name == GlmCoefficient.ConstantName ? [coefficient.Name] : coefficient.Name.Split(':').Select(Part);
        IEnumerable<string> names = [""];
        foreach (var part in parts.Select(part => part.Split('|')).OrderBy(part => part[0], StringComparer.Ordinal))
            names = names.SelectMany(name => part.Select(other => name.Length == 0 ? other : $"{name}:{other}"));
        return names;
    }

    internal static string Sorted(string rName) => string.Join(":", rName.Split(':').Order(StringComparer.Ordinal));

    static string Part(string name)
    {
        var level = Level().Match(name);
        if (!level.Success)
            return Power().Replace(name, "I($0)");
        var (term, own) = (level.Groups[1].Value, level.Groups[2].Value);
        return Bands.TryGetValue(term + own, out var band)
            ? string.Join("|", band.Split('|').Select(other => term + other))
            : term + own;
    }

    [GeneratedRegex(@"^(\w+)\[(.*)\]$")]
    private static partial Regex Level();

    [GeneratedRegex(@"^\w+\^\d+$")]
    private static partial Regex Power();
}
