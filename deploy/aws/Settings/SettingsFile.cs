using System.Text.Json;
using Halley.Data;

namespace Halley.Deploy;

/// <summary><c>environments.json</c>: the settings of every environment.</summary>
public static class SettingsFile
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="HalleyException">HLY8001: not readable; HLY8002: every problem of every environment.</exception>
    public static IReadOnlyList<EnvironmentSettings> Read(string path)
    {
        List<EnvironmentSettings>? read;
        try
        {
            read = JsonSerializer.Deserialize<List<EnvironmentSettings>>(File.ReadAllText(path), Options);
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            throw new HalleyException(
                "HLY8001",
                $"'{path}' can't be read: {fault.Message} Begin with environments.example.json."
            );
        }
        return Checked(read ?? [], path);
    }

    internal static IReadOnlyList<EnvironmentSettings> Checked(IReadOnlyList<EnvironmentSettings> settings, string path)
    {
        var problems = settings.SelectMany(one => one.Problems()).ToList();
        if (settings.Count == 0)
            problems.Add("there is no environment.");
        problems.AddRange(
            settings
                .GroupBy(one => one.Account)
                .Where(group => group.Count() > 1)
                .Select(group =>
                    $"{string.Join(" and ", group.Select(one => one.Name))} share the account {group.Key}; each environment has its own."
                )
        );
        problems.AddRange(
            settings
                .GroupBy(one => one.Name)
                .Where(group => group.Count() > 1)
                .Select(group => $"two environments are named '{group.Key}'.")
        );
        return problems.Count == 0 ? settings : throw new HalleyException("HLY8002", $"'{path}': {string.Join(" ", problems)}");
    }
}
