namespace Halley.Bench;

/// <summary>Work that must run in a process of its own, such as measuring peak memory.</summary>
static class ChildTasks
{
    public static int Run(string task, string[] arguments)
    {
        Console.Error.WriteLine($"unknown task '{task}' ({arguments.Length} arguments)");
        return 2;
    }
}
