using Halley.Data;
using Halley.Registry;

namespace Halley.Chaos;

/// <summary>Appends until the disk is full, makes space, and goes on; ends with 0 where nothing acknowledged was lost.</summary>
static class FillWork
{
    internal static async Task<int> RunAsync(LocalStore store, string folder)
    {
        var ballast = Path.Combine(folder, "ballast");
        File.WriteAllBytes(ballast, new byte[3 << 20]);
        var acknowledged = new List<Guid>();
        await using var log = store.OpenLog();
        var fault = await AppendUntilFaultAsync(log, "before", 100_000, acknowledged);
        Victim.Say("fault", fault?.Message ?? "none");
        var before = acknowledged.Count;
        var second = await AppendUntilFaultAsync(log, "still-full", 10, acknowledged);
        Victim.Say("still", second?.Code ?? "none");
        File.Delete(ballast);
        var after = await AppendUntilFaultAsync(log, "after", 40, acknowledged);
        Victim.Say("after", after?.Message ?? "none");
        await log.DisposeAsync();
        var lost = 0;
        foreach (var id in acknowledged)
            lost += await store.LogReader.FindAsync(id) is null ? 1 : 0;
        var check = await store.VerifyLogAsync();
        Victim.Say(
            "acknowledged",
            before.ToString(),
            acknowledged.Count.ToString(),
            "lost",
            lost.ToString(),
            "whole",
            check.IsWhole.ToString()
        );
        return lost == 0 && check.IsWhole ? 0 : 1;
    }

    static async Task<HalleyException?> AppendUntilFaultAsync(DecisionLog log, string prefix, int count, List<Guid> acknowledged)
    {
        for (var i = 0; i < count; i++)
        {
            try
            {
                acknowledged.Add((await log.AppendAsync(DecideWork.Decision(log.NewId(), $"{prefix}-{i}"))).Record.Id);
            }
            catch (HalleyException fault)
            {
                return fault;
            }
        }
        return null;
    }
}
