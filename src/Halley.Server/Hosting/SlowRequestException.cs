namespace Halley.Server;

/// <summary>A request takes longer than it may.</summary>
/// <param name="isBody">Whether its body did not come in time; else the answer was not made in time.</param>
sealed class SlowRequestException(bool isBody, TimeSpan limit) : Exception($"a request took longer than {limit.TotalSeconds} s")
{
    public bool IsBody => isBody;

    public TimeSpan Limit => limit;
}
