using System.Net;
using System.Net.Sockets;

namespace Hele.TestKit;

/// <summary>Free TCP ports on loopback.</summary>
public static class Ports
{
    private static readonly HashSet<int> Given = [];

    /// <summary>A port nobody listens on now and that this process has not given out before.</summary>
    public static int Free()
    {
        lock (Given)
        {
            while (true)
            {
                using var probe = new TcpListener(IPAddress.Loopback, 0);
                probe.Start();
                var port = ((IPEndPoint)probe.LocalEndpoint).Port;
                if (Given.Add(port))
                    return port;
            }
        }
    }
}
