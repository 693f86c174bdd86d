namespace Halley.Deploy;

/// <summary>How large an environment is; the guide's cost table holds what each costs.</summary>
/// <param name="TaskCpu">Of a server, in units of 1/1024 of a virtual CPU.</param>
/// <param name="TaskMemory">Of a server, MiB.</param>
/// <param name="DatabaseClass">Instance class of the database, without <c>db.</c></param>
/// <param name="DatabaseGigabytes">Storage of the database at first; it grows by itself up to ten times that.</param>
/// <param name="JobCpus">Virtual CPUs that all jobs together may take.</param>
public sealed record EnvironmentSize(
    int MinimumTasks,
    int MaximumTasks,
    int TaskCpu,
    int TaskMemory,
    string DatabaseClass,
    int DatabaseGigabytes,
    int JobCpus
)
{
    /// <summary>The sizes of the guide's cost table, by name.</summary>
    public static IReadOnlyDictionary<string, EnvironmentSize> ByName { get; } =
        new Dictionary<string, EnvironmentSize>
        {
            ["small"] = new(2, 4, 512, 1024, "t4g.medium", 50, 16),
            ["medium"] = new(2, 10, 1024, 2048, "r8g.large", 200, 64),
            ["large"] = new(4, 40, 2048, 4096, "r8g.xlarge", 1000, 256),
        };
}
