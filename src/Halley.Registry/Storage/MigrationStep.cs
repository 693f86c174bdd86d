using System.Globalization;

namespace Halley.Registry;

/// <summary>One numbered SQL file; a database's schema version is the number of the last step applied to it.</summary>
readonly record struct MigrationStep(int Number, string Sql)
{
    /// <summary>The steps of a set (<c>registry</c> or <c>log</c>), numbered 1, 2, … without a gap.</summary>
    internal static IReadOnlyList<MigrationStep> Load(string set)
    {
        var assembly = typeof(MigrationStep).Assembly;
        var steps = new List<MigrationStep>();
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            var parts = resource.Split('/', '\\');
            if (parts is not [var folder, var file] || folder != set)
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            steps.Add(new(int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), reader.ReadToEnd()));
        }
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Number != i + 1)
                throw new InvalidOperationException($"migration {i + 1} of '{set}' is missing.");
        }
        return steps;
    }
}
