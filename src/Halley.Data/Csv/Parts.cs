namespace Halley.Data;

static class Parts
{
    /// <summary>All parts end to end; the list is emptied on the way, so that memory falls as it rises.</summary>
    public static T[] Join<T>(List<T[]> parts)
    {
        var joined = new T[parts.Sum(part => part.Length)];
        var position = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            parts[i].CopyTo(joined, position);
            position += parts[i].Length;
            parts[i] = [];
        }
        parts.Clear();
        return joined;
    }
}
