using System.Text.Json;
using Halley.Data;

namespace Halley.Cli;

/// <summary><c>levels.json</c>: for each category its levels, in the order of their codes.</summary>
static class LevelsFile
{
    public static IReadOnlyDictionary<string, LevelList> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var levels = new Dictionary<string, LevelList>(StringComparer.Ordinal);
            foreach (var feature in document.RootElement.EnumerateObject())
                levels[feature.Name] = new(feature.Value.EnumerateArray().Select(level => level.ToString()));
            return levels;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new HalleyException(
                "HLY7031",
                $"'{path}' is not a file of levels: {problem.Message} Write {{\"feature\": [\"level of code 0\", \"level of code 1\"]}}.",
                inner: problem
            );
        }
    }
}
